import { readdirSync } from 'node:fs';
import appsync from '@aws-appsync/eslint-plugin';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { bundleResolvers, CODE_LIMIT } from '../../infra/resolver-bundles.ts';
import { observedJavascript } from '../../packages/appsync-local/src/runtime/observed-javascript.ts';
import { codeUnit } from '../../packages/appsync-local/tests/harness/code-unit.ts';

const bundles = bundleResolvers();

/** The rules that need no types, as the bundles are JavaScript. */
const linter = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [appsync.configs!['base']] as ESLint.Options['overrideConfig'],
});

async function lint(code: string): Promise<string[]> {
  const [result] = await linter.lintText(code, { filePath: 'resolver.js' });
  return result!.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

test('there is one for every file of resolvers/ and resolvers/pipeline/', () => {
  const names = (folder: string) =>
    readdirSync(fromRoot(folder))
      .filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file))
      .map((file) => file.slice(0, -'.ts'.length));

  expect([...bundles.keys()].sort()).toEqual(
    [...names('resolvers'), ...names('resolvers/pipeline').map((name) => `pipeline/${name}`)].sort(),
  );
});

test('are the same every time', () => {
  expect(bundleResolvers()).toEqual(bundles);
});

describe.each([...bundles])('%s', (name, { code, sourceMap }) => {
  test('is within what AppSync takes', () => {
    expect(code.length).toBeLessThanOrEqual(CODE_LIMIT);
  });

  test('exports its two handlers', () => {
    expect(code).toMatch(/\bexport ?\{\s*request,\s*response\s*\};$/m);
  });

  test('imports nothing but @aws-appsync/utils', () => {
    const imported = [...code.matchAll(/\bimport ?\{[^}]*\} ?from ?"([^"]*)"/g)].map(([, from]) => from!);

    expect(imported.filter((from) => !/^@aws-appsync\/utils(\/|$)/.test(from))).toEqual([]);
  });

  test('is APPSYNC_JS to the AppSync linter', async () => {
    expect(await lint(code)).toEqual([]);
  });

  // Where both sides are variables they may not both be nullish, which nobody sees here: the contract suite runs both ways.
  test('has nothing that AppSync was seen to do otherwise than JavaScript says, but === of two variables', () => {
    const names = { same: 'same', coalesce: 'coalesce', noCase: 'noCase' };
    const { edits, wraps } = observedJavascript(codeUnit(code), code, names);

    expect(wraps.filter(({ before }) => !/^!?same\($/.test(before))).toEqual([]);
    expect(edits).toHaveLength(wraps.length);
  });

  test('carries no source map', () => {
    expect(code).not.toContain('sourceMappingURL');
  });

  test('has a source map that leads to files of the project, without their text', () => {
    const map = JSON.parse(sourceMap) as Record<string, unknown>;

    expect(map['sources']).toContain(`resolvers/${name}.ts`);
    expect(
      (map['sources'] as string[]).filter((source) => !/^(model|resolvers|schema)\//.test(source)),
    ).toEqual([]);
    expect(map).not.toHaveProperty('sourcesContent');
    expect(map).not.toHaveProperty('sourceRoot');
  });
});

test('the linter does refuse what AppSync refuses', async () => {
  const refused = await lint('export async function request() { try { } catch { } }');

  expect(refused).toHaveLength(2);
});
