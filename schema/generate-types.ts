import { fileURLToPath } from 'node:url';
import { generate, loadContext } from '@graphql-codegen/cli';

const CONFIG = fileURLToPath(new URL('../codegen.yml', import.meta.url));

/** What GraphQL Code Generator makes as `codegen.yml` says: texts by their paths below the project's root. */
export async function generateTypes(): Promise<Map<string, string>> {
  const context = await loadContext(CONFIG);
  context.updateConfig({ silent: true });
  const files = (await generate(context, false)) as { filename: string; content: string }[];
  return new Map(files.map(({ filename, content }) => [filename, content]));
}
