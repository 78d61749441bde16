import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, loadContext } from '@graphql-codegen/cli';
import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers';
import type { Files } from './files.ts';
import { typedStrings } from './typed-strings.ts';
import { TypesFailure } from './types-failure.ts';

const CONFIG = fileURLToPath(new URL('../../codegen.yml', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../', import.meta.url));
/** Our own operations are typed there for tests; a front end gets the same scalars. */
const OPERATIONS = 'schema/generated/operations.ts';
const TYPED_STRINGS = '@graphql-codegen/typed-strings';

interface Output {
  documents: string[];
  config: Record<string, unknown>;
}

/** What our own operations are typed with. */
async function ownOutput(): Promise<Output> {
  const { config, generates } = (await loadContext(CONFIG)).getConfig();
  const { documents, config: more } = generates[OPERATIONS] as unknown as Output;
  return { documents, config: { ...config, ...more } };
}

const loader =
  (found: (file: string) => void) =>
  async (name: string): Promise<CodegenPlugin> =>
    name === TYPED_STRINGS ? typedStrings(found) : ((await import(name)) as CodegenPlugin);

const STRING_TYPES = `import type * as Types from './documents.js';

type GeneratedQuery<Input, Output> = string & { __generatedQueryInput: Input; __generatedQueryOutput: Output };
type GeneratedMutation<Input, Output> = string & {
  __generatedMutationInput: Input;
  __generatedMutationOutput: Output;
};
type GeneratedSubscription<Input, Output> = string & {
  __generatedSubscriptionInput: Input;
  __generatedSubscriptionOutput: Output;
};

/** The variables of an operation. */
export type VariablesOf<Text> = Text extends { __generatedQueryInput: infer Input }
  ? Input
  : Text extends { __generatedMutationInput: infer Input }
    ? Input
    : Text extends { __generatedSubscriptionInput: infer Input }
      ? Input
      : never;

/** The data that an operation is answered with. */
export type ResultOf<Text> = Text extends { __generatedQueryOutput: infer Output }
  ? Output
  : Text extends { __generatedMutationOutput: infer Output }
    ? Output
    : Text extends { __generatedSubscriptionOutput: infer Output }
      ? Output
      : never;
`;

/**
 * `documents.ts`, with typed documents for Apollo Client and urql, and `strings.ts`, with typed strings for Amplify and `fetch`.
 *
 * @param schema in GraphQL's schema definition language
 * @param documents files or globs with operations beside our own
 * @throws Error of GraphQL Code Generator, for operations that do not fit the schema
 * @throws TypesFailure where `documents` name no operation
 */
export async function generateDocuments(schema: string, documents: readonly string[] = []): Promise<Files> {
  const own = await ownOutput();
  const found = new Set<string>();
  const config = { ...own.config, documentMode: 'documentNode', importExtension: '.js' };
  const files = (await generate(
    {
      silent: true,
      schema,
      documents: [...own.documents, ...documents],
      pluginLoader: loader((file) => found.add(resolve(file))),
      generates: {
        'documents.ts': { plugins: ['typescript-operations', 'typed-document-node'], config },
        'strings.ts': { plugins: [TYPED_STRINGS], config },
      },
    },
    false,
  )) as { filename: string; content: string }[];
  if (documents.length > 0 && [...found].every((file) => file.startsWith(SCHEMA))) {
    throw new TypesFailure(`no operations were found in ${documents.join(', ')}`);
  }
  const texts = new Map(files.map(({ filename, content }) => [filename, content]));
  return new Map([
    ['documents.ts', texts.get('documents.ts')!],
    ['strings.ts', `${STRING_TYPES}\n${texts.get('strings.ts')!}`],
  ]);
}
