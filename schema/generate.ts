import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GraphQLSchema, printSchema } from 'graphql';
import { checkOperations, readOperations } from './check-operations.ts';
import { parseArgs } from './command-line.ts';
import { generateFrontEnd } from './front-end/generate-front-end.ts'; // part: front-end
import { CLIENT_INPUTS, generateClientInputs } from './generate-client-inputs.ts';
import { CLIENT_ITEM, generateClient } from './generate-client.ts';
import { CLIENT_ERROR_CODES, generateErrorCodes } from './generate-error-codes.ts';
import { generateFragments } from './generate-fragments.ts';
import { generateTypes } from './generate-types.ts';
import { generateValidators } from './generate-validators.ts';
import { KindFailure } from './kind-extensions.ts';
import { disagreements } from './model-agreement.ts';
import { kindSchemas } from './read-kinds.ts';
import { readSchema, SchemaFailure } from './read-schema.ts';

/*
 * `npm run codegen` writes all generated files and removes others beside them, `npm run codegen:check` compares those there are with what it would write. Both refuse a
 * schema that the model does not know.
 */

const HELP = `Writes all files that are generated from the schema, the operations and the kinds.

Usage: npm run codegen -- [options]

  --check  Write nothing; exit code 1 if a file is not what would be written.
  --help   Print this.`;

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = 'schema/generated';

/** Texts by their paths below the project's root. */
type Files = Map<string, string>;

/** Takes in the files that a step has made: operations are typed with the fragments written before. */
type Take = (files: Files) => void;

async function generate(take: Take): Promise<string[]> {
  const schema = readSchema();
  const fragments = generateFragments(schema);
  checkOperations(schema, readOperations(), fragments);
  take(new Map([[`${GENERATED}/fragments.graphql`, fragments]]));
  take(await generateTypes());
  // part: validated-items
  const { code, declaration } = await generateValidators();
  take(
    new Map([
      [`${GENERATED}/kinds.js`, code],
      [`${GENERATED}/kinds.d.ts`, declaration],
    ]),
  );
  // end: validated-items
  take(await ownFrontEnd(schema)); // part: front-end
  take(new Map([[CLIENT_ITEM, await generateClient(schema)]])); // part: live-items
  take(new Map([[CLIENT_INPUTS, await generateClientInputs(schema)]])); // part: live-items
  take(new Map([[CLIENT_ERROR_CODES, await generateErrorCodes()]])); // part: live-items
  return disagreements(schema);
}

// part: front-end
/** The types for front ends in this repository; others write theirs with `npm run types`. */
async function ownFrontEnd(schema: GraphQLSchema): Promise<Files> {
  const sources = {
    schema: printSchema(schema),
    kinds: kindSchemas(), // part: validated-items
    warn: console.warn,
  };
  const files = await generateFrontEnd(sources);
  return new Map([...files].map(([name, text]) => [`${GENERATED}/front-end/${name}`, text]));
}
// end: front-end

function isCurrent(file: string, text: string): boolean {
  const path = join(PROJECT, file);
  return existsSync(path) && readFileSync(path, 'utf8').replaceAll('\r\n', '\n') === text;
}

/** Files among the generated ones that are written no more, such as those of a kind that was removed. */
function leftAmong(made: Iterable<string>): string[] {
  const names = new Set(made);
  return readdirSync(join(PROJECT, GENERATED), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(PROJECT, join(parentPath, name)).replaceAll('\\', '/'))
    .filter((file) => !names.has(file));
}

async function write(): Promise<string[]> {
  const made: string[] = [];
  const disagreed = await generate((files) => {
    for (const [file, text] of files) {
      made.push(file);
      const current = isCurrent(file, text);
      console.log(`${current ? 'unchanged' : 'written  '}  ${file}`);
      if (!current) {
        mkdirSync(dirname(join(PROJECT, file)), { recursive: true });
        writeFileSync(join(PROJECT, file), text);
      }
    }
  });
  for (const file of leftAmong(made)) {
    rmSync(join(PROJECT, file));
    console.log(`removed    ${file}`);
  }
  return disagreed;
}

async function check(): Promise<string[]> {
  const made = new Map<string, string>();
  const disagreed = await generate((files) => files.forEach((text, file) => made.set(file, text)));
  const stale = [...made].filter(([file, text]) => !isCurrent(file, text)).map(([file]) => file);
  return [
    ...stale.map((file) => `${file} is not what npm run codegen writes: run it, and commit the file`),
    ...leftAmong(made.keys()).map((file) => `${file} is written no more: npm run codegen removes it`),
    ...disagreed,
  ];
}

/** What a mistake in the schema or in a kind is to people; others come with their stack. */
function mistake(error: unknown): string[] {
  // part: validated-items
  if (error instanceof KindFailure) {
    return [error.message];
  }
  // end: validated-items
  if (error instanceof SchemaFailure) {
    return [...error.mistakes];
  }
  throw error;
}

const OPTIONS = { check: { type: 'boolean' }, help: { type: 'boolean' } } as const;

function optionsOf(args: string[]): { check?: boolean; help?: boolean } | string {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    return `${(error as Error).message}; see npm run codegen -- --help`;
  }
}

async function main(args: string[]): Promise<string[]> {
  const options = optionsOf(args);
  if (typeof options === 'string') {
    return [options];
  }
  if (options.help) {
    console.log(HELP);
    return [];
  }
  return (options.check ? check() : write()).catch(mistake);
}

process.stdout.on('error', () => undefined); // What is written counts, whether or not anybody reads the list.
const problems = await main(process.argv.slice(2));
problems.forEach((problem) => console.error(problem));
process.exitCode = problems.length > 0 ? 1 : 0;
