import assert from 'node:assert/strict';
import { SecretMissing } from '../../../harness/environment.ts';
import type { Credentials } from '../../../harness/target.ts';
import { apiKey, iam, oidcUser, user } from '../../../harness/target.ts';
import type { Check, ConformanceApi } from '../../check.ts';
import { dataOf, token } from '../requests.ts';

/** Directives by a short name, and whom each lets in: a caller's kind, with or without a group. */
const DIRECTIVES: Record<string, { sdl: string; admits: string[] }> = {
  key: { sdl: '@aws_api_key', admits: ['key'] },
  iam: { sdl: '@aws_iam', admits: ['iam'] },
  oidc: { sdl: '@aws_oidc', admits: ['oidc'] },
  lambda: { sdl: '@aws_lambda', admits: ['lambda'] },
  user: { sdl: '@aws_cognito_user_pools', admits: ['user'] },
  admins: { sdl: '@aws_cognito_user_pools(cognito_groups: ["admins"])', admits: ['user:admins'] },
  staff: {
    sdl: '@aws_cognito_user_pools(cognito_groups: ["admins", "editors"])',
    admits: ['user:admins', 'user:editors'],
  },
};

/** What stands on the type, and what on each of its fields. */
const ON_TYPE = [[], ['key'], ['iam', 'user'], ['admins']];
const ON_FIELD = [
  [],
  ['key'],
  ['iam'],
  ['oidc'],
  ['lambda'],
  ['user'],
  ['admins'],
  ['staff'],
  ['key', 'admins'],
  ['iam', 'oidc', 'lambda'],
];

interface Caller {
  name: string;
  credentials: Credentials;
  /** What it is in the words of `admits`. */
  is: string[];
}

const CALLERS: Caller[] = [
  { name: 'an API key', credentials: apiKey, is: ['key'] },
  { name: 'IAM', credentials: iam, is: ['iam'] },
  { name: 'OpenID Connect', credentials: oidcUser('olga'), is: ['oidc'] },
  { name: 'a Lambda token', credentials: token('allow matrix'), is: ['lambda'] },
  { name: 'a user', credentials: user('ulf'), is: ['user'] },
  { name: 'an admin', credentials: user('ada', 'admins'), is: ['user', 'user:admins'] },
  { name: 'an editor', credentials: user('eve', 'editors'), is: ['user', 'user:editors'] },
  {
    name: 'an admin and editor',
    credentials: user('amy', 'editors', 'admins'),
    is: ['user', 'user:admins', 'user:editors'],
  },
  { name: 'a member of another group', credentials: user('otto', 'guests'), is: ['user', 'user:guests'] },
];

/** The rules, all of them: the field's directives, else its type's, else the default mode, which is the API key. */
function admitted(onType: string[], onField: string[]): string[] {
  const effective = onField.length > 0 ? onField : onType;
  return effective.length > 0 ? effective.flatMap((name) => DIRECTIVES[name]!.admits) : ['key'];
}

const typeName = (index: number): string => `Matrix${index}`;
const fieldName = (index: number): string => `f${index}`;
const sdlOf = (names: string[]): string => names.map((name) => ` ${DIRECTIVES[name]!.sdl}`).join('');

const EVERYBODY = ' @aws_api_key @aws_iam @aws_oidc @aws_lambda @aws_cognito_user_pools';

/** The types of the matrix, each with a query field that everybody may select. */
export const matrixSdl = (): string =>
  [
    ...ON_TYPE.map(
      (onType, t) =>
        `type ${typeName(t)}${sdlOf(onType)} {\n` +
        ON_FIELD.map((onField, f) => `  ${fieldName(f)}: String${sdlOf(onField)}\n`).join('') +
        '}\n',
    ),
    `extend type Query {\n${ON_TYPE.map((_, t) => `  matrix${t}: ${typeName(t)}${EVERYBODY}\n`).join('')}}\n`,
  ].join('\n');

/** The query fields of the matrix, and what their resolvers answer: every field is there. */
export const matrixFields = ON_TYPE.map((_, t) => `matrix${t}`);
export const MATRIX_VALUE = JSON.stringify(
  Object.fromEntries(ON_FIELD.map((_, f) => [fieldName(f), 'open'])),
);

/** One request for each caller tells all fields of all types. */
const query = `{ ${ON_TYPE.map((_, t) => `matrix${t} { ${ON_FIELD.map((__, f) => fieldName(f)).join(' ')} }`).join(' ')} }`;

type Answers = Record<string, Record<string, string | null>>;
/** In the order of the callers; for one that cannot prove itself, why not. */
type Asked = (Answers | SecretMissing)[];
const asked = new WeakMap<ConformanceApi['target'], Promise<Asked>>();

function answersOf(api: ConformanceApi): Promise<Asked> {
  const answers =
    asked.get(api.target) ?? Promise.all(CALLERS.map(({ credentials }) => answersFor(api, credentials)));
  asked.set(api.target, answers);
  return answers;
}

async function answersFor(api: ConformanceApi, credentials: Credentials): Promise<Answers | SecretMissing> {
  try {
    return (await dataOf(api, query, credentials)) as Answers;
  } catch (error) {
    if (error instanceof SecretMissing) {
      return error;
    }
    throw error;
  }
}

const says = (names: string[]): string =>
  names.length === 0
    ? 'nothing'
    : names.map((name) => `\`${DIRECTIVES[name]!.sdl.replaceAll('"', "'")}\``).join(' ');

/** A check for each pair, of every caller: 40 pairs, 9 callers, 360 combinations. */
export const matrixChecks: Check[] = ON_TYPE.flatMap((onType, t) =>
  ON_FIELD.map((onField, f) => ({
    id: `AUT-${201 + t * ON_FIELD.length + f}`,
    promise: `with ${says(onType)} on the type and ${says(onField)} on the field, lets in: ${admitted(onType, onField).join(', ')}`,
    source: 'AppSync developer guide, security-authz, "Using additional authorization modes"',
    evidence: 'documented' as const,
    async run(api: ConformanceApi) {
      const answers = await answersOf(api);

      const found = CALLERS.flatMap(({ name, is }, c) => {
        const answer = answers[c]!;
        if (answer instanceof SecretMissing) {
          return [];
        }
        const expected = is.some((kind) => admitted(onType, onField).includes(kind));
        return { name, seen: answer[`matrix${t}`]![fieldName(f)] === 'open', expected };
      });

      const letIn = (by: 'seen' | 'expected'): string[] =>
        found.filter((one) => one[by]).map(({ name }) => name);
      assert.deepEqual(letIn('seen'), letIn('expected'));
      const missing = answers.find((answer) => answer instanceof SecretMissing);
      if (missing) {
        throw missing;
      }
    },
  })),
);
