import { pathToFileURL } from 'node:url';
import { ESLint, type Linter } from 'eslint';

const RULE = 'import/order';

/**
 * Puts the imports of files in the order that the project's linter wants. Runs that rule alone: all of them would take a minute.
 *
 * @param root the project's folder, with `eslint.config.js`
 */
export async function sortImports(root: string, files: readonly string[]): Promise<void> {
  const { default: configs } = (await import(pathToFileURL(`${root}/eslint.config.js`).href)) as {
    default: Linter.Config[];
  };
  const config = configs.find(({ rules }) => rules?.[RULE])!;
  const { parser } = configs.find(({ languageOptions }) => languageOptions?.parser)!.languageOptions!;
  const eslint = new ESLint({
    cwd: root,
    fix: true,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      plugins: { import: config.plugins!['import']! },
      settings: config.settings ?? {},
      rules: { [RULE]: config.rules![RULE]! },
    },
  });
  await ESLint.outputFixes(await eslint.lintFiles([...files]));
}
