import { compile } from 'json-schema-to-typescript';
import type { JsonObject } from '../local-references.ts';
import type { Files } from './files.ts';
import { shapeOf } from './json-schema-shape.ts';

/** The JSON Schemas of kinds, by the kinds' names. */
export type KindSchemas = ReadonlyMap<string, JsonObject>;

const OPTIONS = {
  bannerComment: '',
  format: false,
  // A list that may not be empty would be a tuple that few expressions give.
  ignoreMinAndMaxItems: true,
  $refOptions: { resolve: { external: false } },
} as const;

/**
 * The types of the kinds' payloads, a file for each, and `kinds.ts`, which has them by the kinds' names.
 *
 * @param warn hears of a kind whose schema has no translation: its payload is `unknown`
 */
export async function generateKinds(kinds: KindSchemas, warn: (text: string) => void): Promise<Files> {
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  const files: Files = new Map();
  for (const [kind, schema] of sorted) {
    files.set(`kinds/${kind}.ts`, await payloadType(kind, schema, warn));
  }
  return files.set('kinds.ts', kindsFile(sorted.map(([kind]) => kind)));
}

async function payloadType(kind: string, schema: JsonObject, warn: (text: string) => void): Promise<string> {
  const name = typeName(kind);
  try {
    return await compile({ ...shapeOf(schema), title: name }, name, OPTIONS);
  } catch (error) {
    const reason = (error as Error).message.split('\n', 1)[0]!;
    warn(`kind ${kind}: its JSON Schema has no translation, so its payload is unknown: ${reason}`);
    return `/** Its JSON Schema has no translation. */\nexport type ${name} = unknown;\n`;
  }
}

/** `purchase-order` is `PurchaseOrder`, as json-schema-to-typescript names it. */
const typeName = (kind: string): string =>
  kind
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const kindsFile = (kinds: readonly string[]): string => `
import type { ItemFieldsFragment, PutValidatedItemInput } from './documents.js';
${kinds.map((kind) => `import type { ${typeName(kind)} } from './kinds/${kind}.js';`).join('\n')}

/** The payloads of all kinds, by the kinds' names. */
export interface Payloads {
  ${kinds.map((kind) => `${JSON.stringify(kind)}: ${typeName(kind)};`).join('\n')}
}

export type Kind = keyof Payloads;

/** What is read of an item at least. */
interface Read {
  kind: string | null;
  payload: string | null;
}

/** An item of a kind, its payload parsed. */
export type ItemOf<Each extends Kind, Answer extends Read = ItemFieldsFragment> = {
  [Name in Each]: Omit<Answer, 'kind' | 'payload'> & { kind: Name; payload: Payloads[Name] };
}[Each];

/** What \`putValidatedItem\` takes for an item of a kind, its payload not yet JSON text. */
export type InputOf<Each extends Kind> = {
  [Name in Each]: Omit<PutValidatedItemInput, 'kind' | 'payload'> & { kind: Name; payload: Payloads[Name] };
}[Each];

/**
 * Reads an item as one of a kind, which the API has checked its payload against.
 *
 * @returns null without an item, for one of another kind, and for one that came without its payload (\`payloadOmitted\`)
 */
export function itemOf<Each extends Kind, Answer extends Read>(
  kind: Each,
  item: Answer | null | undefined,
): ItemOf<Each, Answer> | null {
  return item?.kind === kind && typeof item.payload === 'string'
    ? ({ ...item, payload: JSON.parse(item.payload) as unknown } as unknown as ItemOf<Each, Answer>)
    : null;
}

/** The \`input\` of \`putValidatedItem\`. */
export function inputOf<Each extends Kind>(input: InputOf<Each>): PutValidatedItemInput {
  return { ...input, payload: JSON.stringify(input.payload) };
}
`;
