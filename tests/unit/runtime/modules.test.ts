import { expect, it } from 'vitest';
import { MODULES } from '../../../local/runtime/modules.ts';
import { createContext, load } from './evaluate.ts';

it.each([...MODULES])('has in %s exactly what the check lets code import', (module, names) => {
  const code = `import * as all from '${module}';\nexport const request = () => Object.keys(all); export const response = () => null;`;

  const evaluation = load(code).request(createContext());

  expect(evaluation).toMatchObject({ kind: 'returned' });
  expect('value' in evaluation && [...(evaluation.value as string[])].sort()).toEqual([...names].sort());
});

it.each(['ai: invokeModel', 'ai: converse'])('says that %s works on AWS only', (helper) => {
  const [module, name] = helper.split(': ');
  const code = `import { ${name} } from '@aws-appsync/utils/${module}';\nexport const request = () => ${name}({}); export const response = () => null;`;

  const evaluation = load(code).request(createContext());

  expect(evaluation).toMatchObject({
    error: {
      message: `code.js:2:30: @aws-appsync/utils/${helper} is not supported by the local server; it works on AWS only`,
    },
  });
});
