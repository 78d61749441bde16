import { expect, it } from 'vitest';
import { MODULES } from '../../../src/runtime/modules.ts';
import { createContext, load, UNCHECKED } from './harness/evaluate.ts';

it.each([...MODULES])('has in %s exactly what the check lets code import', (module, names) => {
  const code = `import * as all from '${module}';\nexport const request = () => Object.keys(all); export const response = () => null;`;

  const evaluation = load(code).request(createContext());

  expect(evaluation).toMatchObject({ kind: 'returned' });
  expect('value' in evaluation && [...(evaluation.value as string[])].sort()).toEqual([...names].sort());
});

it.each(['ai: invokeModel', 'ai: converse'])('says that %s works on AWS only', (helper) => {
  const [module, name] = helper.split(': ');
  const code = `${UNCHECKED}import { ${name} } from '@aws-appsync/utils/${module}'; export const request = () => ${name}({}); export const response = () => null;`;

  const evaluation = load(code).request(createContext());

  expect(evaluation).toMatchObject({
    error: {
      message: expect.stringMatching(
        `^code\\.js:2:\\d+: @aws-appsync/utils/${helper} is not supported by the local server; it works on AWS only$`,
      ),
    },
  });
});
