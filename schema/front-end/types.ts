import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { GraphQLError, printSchema } from 'graphql';
import { readOperations } from '../check-operations.ts';
import { KindFailure } from '../kind-extensions.ts';
import { kindSchemas } from '../read-kinds.ts';
import { readSchema, SchemaFailure } from '../read-schema.ts';
import { askKinds, askSchema } from './ask-api.ts';
import { apply, changesOf } from './folder.ts';
import { generateFrontEnd, type Sources } from './generate-front-end.ts';
import { helpText, type Options, optionsOf } from './options.ts';
import { TypesFailure } from './types-failure.ts';

/* `npm run types`: the types of a front end (docs/front-end.md). */

/** npm runs scripts in the project's folder, and tells where it was called. */
const CALLED_IN = process.env.INIT_CWD ?? process.cwd();

async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (!options) {
    console.log(helpText());
    return 0;
  }
  const folder = resolve(CALLED_IN, options.out);
  const warn = (text: string): void => console.error(text);
  const documents = options.documents.map(absolute);
  const sources = await sourcesOf(options);
  readOperations(); // One that cannot be parsed would be left out.
  const files = await generateFrontEnd({ ...sources, documents, warn });
  const changes = changesOf(folder, files);
  return options.check ? check(folder, changes) : write(folder, files, changes);
}

/** Excluding globs begin with `!`. */
const absolute = (glob: string): string =>
  glob.startsWith('!') ? `!${absolute(glob.slice(1))}` : isAbsolute(glob) ? glob : resolve(CALLED_IN, glob);

async function sourcesOf({ api, schema }: Options): Promise<Omit<Sources, 'documents' | 'warn'>> {
  if (api) {
    return {
      schema: await askSchema(api),
      kinds: await askKinds(api), // part: validated-items
    };
  }
  return {
    schema: schema === null ? printSchema(readSchema()) : readFileOf(schema),
    kinds: kindSchemas(), // part: validated-items
  };
}

function readFileOf(file: string): string {
  try {
    return readFileSync(resolve(CALLED_IN, file), 'utf8');
  } catch (error) {
    throw new TypesFailure(`--schema ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

const shownIn = (folder: string, name: string): string => relative(CALLED_IN, resolve(folder, name)) || name;

function write(folder: string, files: Map<string, string>, changes: ReturnType<typeof changesOf>): number {
  apply(folder, files, changes);
  changes.current.forEach((name) => console.log(`unchanged  ${shownIn(folder, name)}`));
  changes.stale.forEach((name) => console.log(`written    ${shownIn(folder, name)}`));
  changes.left.forEach((name) => console.log(`removed    ${shownIn(folder, name)}`));
  return 0;
}

function check(folder: string, { stale, left }: ReturnType<typeof changesOf>): number {
  stale.forEach((name) => console.error(`${shownIn(folder, name)} is not what npm run types writes`));
  left.forEach((name) => console.error(`${shownIn(folder, name)} is of a kind that there is no more`));
  return stale.length + left.length > 0 ? 1 : 0;
}

/** GraphQL Code Generator wraps the mistakes in operations, once for each file that they are for. */
function messageOf(error: unknown): string {
  if (error instanceof SchemaFailure) {
    return error.message;
  }
  if (error instanceof GraphQLError) {
    return String(error);
  }
  // part: validated-items
  if (error instanceof KindFailure) {
    return error.message;
  }
  // end: validated-items
  const { errors = [error] } = error as { errors?: Error[] };
  return [...new Set(errors.map((each) => withoutStack((each as Error).message)))].join('\n');
}

/** It repeats the message of a document that it cannot parse, with a stack. */
const withoutStack = (message: string): string => message.split('\nAggregateError: ')[0]!;

process.stdout.on('error', () => undefined); // What is written counts, whether or not anybody reads the list.
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  return 1;
});
