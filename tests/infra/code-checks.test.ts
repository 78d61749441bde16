import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { CfnResolver } from 'aws-cdk-lib/aws-appsync';
import { afterAll, expect, test } from 'vitest';
import { CodeChecks } from '../../infra/code-checks.ts';
import { itemsApp } from '../../infra/items-app.ts';

const directory = mkdtempSync(join(tmpdir(), 'code-checks-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** @param code of one more resolver */
function synthesizeWith(name: string, code?: string) {
  const app = itemsApp({ outdir: join(directory, name), builtinCloudFormationValidation: false });
  Validations.of(app).addPlugins(new CodeChecks());
  if (code !== undefined) {
    new CfnResolver(app.node.findChild('Items') as Stack, 'Another', {
      apiId: 'another',
      typeName: 'Query',
      fieldName: 'another',
      dataSourceName: 'None',
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code,
    });
  }
  return app.synth();
}

function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

const RESPONSE = 'export const response = () => null;';

test('AppSync would take the code of every resolver', () => {
  expect(() => synthesizeWith('ours')).not.toThrow();
});

test.each([
  ['a loop', 'for (;;) {}', /code\.js:2:1: @aws-appsync\/no-for: For statements are not supported/],
  ['a date', 'const now = new Date();', /code\.js:2:13: New expressions are not supported/],
  ['a type error', 'util.toJson({});', /code\.js:2:6: error TS2339: Property 'toJson' does not exist/],
])('%s in a resolver fails the synth, by the name of the resolver', (name, statement, problem) => {
  const code = `export function request() {\n${statement}\nreturn {};\n}\n${RESPONSE}`;

  const failure = failureOf(() => synthesizeWith(name.replace(' ', '-'), code));

  expect(failure).toMatch(problem);
  expect(failure).toContain('AppSync would refuse the code of resolver Query.another');
});
