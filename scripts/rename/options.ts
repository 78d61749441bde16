import { parseArgs } from '../../schema/command-line.ts';
import { Refusal } from '../refusal.ts';
import { CALLED } from './called.ts';
import { formsOf, pluralOf } from './forms.ts';
import type { Renaming } from './rename-text.ts';

export interface Options {
  renaming: Renaming;
  dryRun: boolean;
  force: boolean;
}

const SEE_HELP = 'see npm run rename -- --help';

/** Names that would hide something of GraphQL, AppSync, JavaScript or TypeScript. */
const TAKEN: ReadonlySet<string> = new Set([
  ...['Query', 'Mutation', 'Subscription', 'Int', 'Float', 'Boolean', 'ID'],
  ...Object.getOwnPropertyNames(globalThis),
  ...['Partial', 'Required', 'Readonly', 'Record', 'Pick', 'Omit', 'Exclude', 'Extract', 'Awaited'],
  ...['Parameters', 'Iterable', 'Iterator', 'Generator', 'Context'],
]);

/** What the command line asks for; undefined when it asks for help. @throws Refusal with all that is wrong */
export function optionsOf(args: string[]): Options | undefined {
  const values = parsed(args);
  if (values.help) {
    return undefined;
  }
  if (values.name === undefined && values.type === undefined) {
    throw new Refusal(`Pass --name, --type or both; ${SEE_HELP}`);
  }
  const product = values.name ?? CALLED.product;
  const type = values.type ?? CALLED.type;
  const plural = values.plural ?? (type === CALLED.type ? CALLED.plural : pluralOf(type));
  const problems = [...problemsOfProduct(product), ...problemsOfType(type, plural, values.plural)];
  if (product === CALLED.product && type === CALLED.type && plural === CALLED.plural) {
    problems.push(`the product is ${product} and the type ${type} already`);
  }
  if (problems.length > 0) {
    throw new Refusal(`Nothing was renamed: ${problems.join('; ')}`);
  }
  return { renaming: renamingOf(product, type, plural), dryRun: values['dry-run'], force: values.force };
}

function renamingOf(product: string, type: string, plural: string): Renaming {
  return {
    product: { from: CALLED.product, to: product },
    type: {
      from: formsOf({ one: CALLED.type, many: CALLED.plural }),
      to: formsOf({ one: type, many: plural }),
    },
  };
}

function problemsOfProduct(name: string): string[] {
  const isName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && name.length <= 100;
  if (!isName) {
    return [
      `--name ${JSON.stringify(name)} must be lower-case letters, digits and single hyphens, a letter first, at most 100: it names the package and the stack`,
    ];
  }
  return name === 'appsync-local' || name.startsWith('live-')
    ? [`--name ${name} is what a package of this project is called`]
    : [];
}

function problemsOfType(type: string, plural: string, given: string | undefined): string[] {
  const problems = [
    ...shapeProblems('--type', type),
    ...(given === undefined ? [] : shapeProblems('--plural', plural)),
  ];
  if (type === plural) {
    problems.push(
      `--plural must differ from --type ${type}: get${type} answers one and get${plural} many; pass, for example, --plural ${type}List`,
    );
  }
  return problems;
}

function shapeProblems(option: string, noun: string): string[] {
  if (!/^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/.test(noun) || noun.length > 40) {
    return [
      `${option} ${JSON.stringify(noun)} must be words of letters, each with one capital first, at most 40, such as Note or BlogPost`,
    ];
  }
  return TAKEN.has(noun) || noun.startsWith('AWS')
    ? [`${option} ${noun} is a name of GraphQL, JavaScript or TypeScript`]
    : [];
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        name: { type: 'string' },
        type: { type: 'string' },
        plural: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message}; ${SEE_HELP}`);
  }
}

export function helpText(): string {
  return `Usage: npm run rename -- [--name NAME] [--type TYPE [--plural PLURAL]] [options]

Renames the product (now ${CALLED.product}) and the GraphQL type (now ${CALLED.type}, ${CALLED.plural}) in code, tests, pages, and names of files.

  --name NAME      The package and the stack: shop gives shop-dev and shop-prod.
  --type TYPE      The type: Note gives putNote, listNotes, NoteFilterInput, onNoteChange, note_missing, live-notes.
  --plural PLURAL  Its plural. Default: by the rules of English: Notes, Boxes, Stories.

Options:
  --dry-run  Print what would change, without changing it.
  --force    Rename even what git could not restore: with uncommitted changes, or without git.
  --help     Print this.

Not renamed: the bare words item, items and Items (members of answers, variables, prose), which DynamoDB and AppSync also
use; DynamoDB's operations, such as PutItem; the emulator; the independent example apps; copyright notices; the titles of
decisions; and the logical ids of tables, so that deployed items are kept.`;
}
