import type { AttributeValue } from 'aws-lambda';
import type { ChangedItem } from './change.ts';

export type Image = Readonly<Record<string, AttributeValue>>;

/** GraphQL specification, "Int": signed 32 bits. */
const MAX_INT = 2 ** 31 - 1;

/** Why an image is no item that the API could answer: for the log and whoever looks into the dead-letter queue. */
export class NoItem extends Error {
  override readonly name = 'NoItem';
}

/** The type's name of an attribute, `nothing` for one that is not there. */
const typeOf = (value: AttributeValue | undefined): string => (value ? Object.keys(value)[0]! : 'nothing');

function text(image: Image, name: string): string {
  const value = image[name];
  if (value?.S === undefined)
    throw new NoItem(`attribute ${name} must be a text (S); it is ${typeOf(value)}`);
  return value.S;
}

function whole(image: Image, name: string): number {
  const value = Number(image[name]?.N);
  if (!Number.isSafeInteger(value)) {
    throw new NoItem(`attribute ${name} must be a whole number (N); it is ${typeOf(image[name])}`);
  }
  return value;
}

/** Null for an attribute that is not there; a script may have written NULL. */
const optional = <T>(image: Image, name: string, read: (image: Image, name: string) => T): T | null =>
  image[name] === undefined || image[name].NULL ? null : read(image, name);

/** @throws NoItem for an image that a script or an SDK wrote without what every item has */
export function readItem(image: Image): ChangedItem {
  const version = whole(image, 'version');
  if (Math.abs(version) > MAX_INT) throw new NoItem(`attribute version must fit 32 bits; it is ${version}`);
  return {
    id: text(image, 'id'),
    kind: optional(image, 'kind', text),
    payload: image['payload'] ?? { NULL: true },
    version,
    owner: optional(image, 'owner', text),
    createdAt: text(image, 'createdAt'),
    updatedAt: text(image, 'updatedAt'),
    expiresAt: optional(image, 'expiresAt', whole),
  };
}

/** The item an image was, null where it was none: what the API could not answer, nobody has seen. */
export function readItemIfAny(image: Image | undefined): ChangedItem | null {
  try {
    return image ? readItem(image) : null;
  } catch (error) {
    if (error instanceof NoItem) return null;
    throw error;
  }
}
