import type { Forms, Noun } from './forms.ts';
import { isNameOfOthers, mayBeOurs, passagesOfOthers, type Span } from './names-of-others.ts';

/** A product and a type, each under its old and its new name. */
export interface Renaming {
  product: { from: string; to: string };
  type: { from: Forms; to: Forms };
}

/** What is known of a text beyond its letters. Default: nothing. */
export interface Knowledge {
  /** Passages to leave alone. */
  others?: readonly Span[];
  /** Names that are somebody else's in this text. */
  foreign?: ReadonlySet<string>;
  /** Whether a name is ours though DynamoDB has it, too: an import from one of our modules. Default: none is. */
  isOurs?: (name: string) => boolean;
  /** Whether the text speaks of DynamoDB's JSON, where the bare name in quotes is a member. Default: false. */
  isDynamoDb?: boolean;
  /** Whether the type's bare name at this offset is the type. Default: decided by the words around it. */
  isType?: (offset: number) => boolean | undefined;
}

/** A name, or several that hyphens join. */
const NAMES = /\w+(?:-\w+)*/g;

/**
 * A text under the new names. A name changes where the type is one of its words (`putItem`, `ItemFilterInput`, `item-update.ts`, `item_missing`);
 * the bare word `Item` where it is the GraphQL or TypeScript type; the bare words `item`, `items` and `Items` stay, but for files, because members of the API, variables
 * and prose call things so whatever their type.
 */
export function renamed(text: string, renaming: Renaming, knowledge: Knowledge = {}): string {
  const others = [...passagesOfOthers(text), ...(knowledge.others ?? [])];
  const isOthers = (at: number): boolean => others.some(({ from, to }) => at >= from && at < to);
  const inNames = text.replace(NAMES, (found, at: number) => {
    if (isOthers(at) || knowledge.foreign?.has(found)) {
      return found;
    }
    return renamedName(found, renaming, {
      isType: () => knowledge.isType?.(at) ?? isTypeAmong(text, at, found.length, !knowledge.isDynamoDb),
      isFile: () => /^(?:\.test)?\.(?:ts|mjs|graphql)\b/.test(text.slice(at + found.length)),
      isOurs: () =>
        knowledge.isOurs?.(found) ||
        /\b(?:query|mutation|subscription)\s+$/.test(text.slice(Math.max(0, at - 20), at)),
    });
  });
  return withArticles(inNames, renaming);
}

interface Place {
  isType: () => boolean;
  /** Whether a file is named here: `item.ts` follows the type. */
  isFile: () => boolean;
  /** Whether a name is ours that DynamoDB has, too: of a GraphQL operation, for example. */
  isOurs: () => boolean;
}

function renamedName(name: string, { product, type }: Renaming, place: Place): string {
  if (name === product.from || name.startsWith(`${product.from}-`)) {
    return product.to + name.slice(product.from.length);
  }
  if (name === type.from.pascal.one) {
    return place.isType() ? type.to.pascal.one : name;
  }
  if (isBare(name, type.from.kebab) && place.isFile()) {
    return counterpart(name, type.from.kebab, type.to.kebab);
  }
  if (
    Object.values(type.from).some((noun: Noun) => isBare(name, noun)) ||
    (hasNameOfOthers(name, type.from) && !(mayBeOurs(name) && place.isOurs()))
  ) {
    return name;
  }
  return withOtherWords(name, type);
}

/** A table's name ends in its bare logical id: `my-stack-Items`. */
const hasNameOfOthers = (name: string, { pascal }: Forms): boolean =>
  isNameOfOthers(name) || name.split('-').some((word) => isNameOfOthers(word) || isBare(word, pascal));

const isBare = (name: string, { one, many }: Noun): boolean => name === one || name === many;

const counterpart = (found: string, from: Noun, to: Noun): string => (found === from.many ? to.many : to.one);

/** The longer one first: it may begin with the shorter one. */
const eitherOf = ({ one, many }: Noun): string =>
  [one, many].toSorted((a, b) => b.length - a.length).join('|');

function withOtherWords(name: string, { from, to }: Renaming['type']): string {
  const replaced = (text: string, form: keyof Forms, before: string, after: string): string =>
    text.replace(new RegExp(`${before}(?:${eitherOf(from[form])})${after}`, 'g'), (found) =>
      counterpart(found, from[form], to[form]),
    );
  const inPascal = replaced(name, 'pascal', '', '(?![a-z])');
  const inUpper = replaced(inPascal, 'upper', '(?<![A-Za-z0-9])', '(?![A-Za-z0-9])');
  if (name.includes('-')) {
    return replaced(inUpper, 'kebab', '(?<![A-Za-z0-9])', '(?![A-Za-z0-9])');
  }
  const inSnake = replaced(inUpper, 'snake', '(?<=^|_)', '(?=_|$)');
  return replaced(inSnake, 'camel', '(?<![A-Za-z0-9])', '(?=[A-Z0-9])');
}

/** Words before a type in GraphQL and in pages, and what follows one; a key of JSON is no type. */
const BEFORE = /(?:\b(?:on|type|interface|of)\s+[`'"]?|[:|(]\s*\[*)$/;
const AFTER = /^(?:!|\]|\.[a-z]| has\b)/;

function isTypeAmong(text: string, at: number, length: number, mayBeQuoted: boolean): boolean {
  const before = text.slice(Math.max(0, at - 20), at);
  const after = text.slice(at + length, at + length + 5);
  const [, quote] = /([`'"])$/.exec(before) ?? [];
  const isQuoted = quote !== undefined && after.startsWith(quote);
  return BEFORE.test(before) || AFTER.test(after) || (mayBeQuoted && isQuoted && !/^.\s*:/.test(after));
}

/** "an Item" is "a Note". */
function withArticles(text: string, { type: { from, to } }: Renaming): string {
  const [was, is] = [from, to].map(({ pascal }) => /^[AEIOU]/.test(pascal.one));
  if (was === is) {
    return text;
  }
  const words = [to.pascal, to.camel].map(eitherOf).join('|');
  return text.replace(
    new RegExp(String.raw`\b([Aa])${was ? 'n' : ''}(?= [\`'"]?(?:${words})(?![a-z]))`, 'g'),
    (_, a: string) => (is ? `${a}n` : a),
  );
}
