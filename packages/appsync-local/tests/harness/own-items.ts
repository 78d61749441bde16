import type { ApiClient } from './client.ts';
import { iam } from './target.ts';

/** Of this run only, so that items of others and of earlier runs are left alone. */
const run = Math.random().toString(36).slice(2, 8);
let ids: string[] = [];
let count = 0;

/** A name that nothing else has, such as a value to filter by. */
export const newName = (name = 'name'): string => `contract-${name}-${run}-${(count += 1)}`;

/** An id whose item is this file's, and goes at its end. */
export const newId = (name = 'item'): string => own(newName(name));

/** Makes the item of an id this file's. */
export function own(id: string): string {
  ids.push(id);
  return id;
}

const PER_REQUEST = 25;
/** An item that others refer to stays until they are gone, which may be in the same round. */
const ROUNDS = 3;

/** Deletes the items of this file, the latest first, because references lead to earlier ones. */
export async function removeOwnItems(client: ApiClient): Promise<void> {
  let left = ids.reverse();
  ids = [];
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    const parts = Array.from({ length: Math.ceil(left.length / PER_REQUEST) }, (_, part) =>
      left.slice(part * PER_REQUEST, (part + 1) * PER_REQUEST),
    );
    left = (await Promise.all(parts.map((part) => remove(client, part)))).flat();
  }
  if (left.length > 0) {
    console.warn(`left behind: ${left.join(', ')}`);
  }
}

/** @returns those that could not be deleted */
async function remove(client: ApiClient, part: string[]): Promise<string[]> {
  const parameters = part.map((_, n) => `$i${n}: DeleteItemInput!`).join(', ');
  const fields = part.map((_, n) => `d${n}: deleteItem(input: $i${n}) { id }`).join(' ');
  const variables = Object.fromEntries(part.map((id, n) => [`i${n}`, { id }]));
  const { errors = [] } = await client.graphql(`mutation (${parameters}) { ${fields} }`, variables, iam);
  const refused = new Set(errors.map(({ path }) => path?.[0]));
  return part.filter((_, n) => refused.has(`d${n}`));
}
