import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { damaged } from '../../hostile/texts.ts';

const IDS = 12;

/** Values that the API takes, so that what is hostile beside them gets further than the door. */
export interface Plausible {
  /** By the name of an argument or input field. */
  values: Record<string, () => unknown>;
  /** Keeps tokens and cursors of an answer, to be sent again, by anybody. */
  learnFrom(text: string): void;
}

/** @param ids begin with this */
export function createPlausible(random: Random, ids: string): Plausible {
  const tokens: string[] = [];
  const cursors: string[] = ['PT5M'];
  const product = (): string =>
    JSON.stringify({
      sku: `SKU-${random.below(IDS)}`,
      name: 'a product',
      price: { amountMinor: random.below(1000), currency: 'EUR' },
      ...(random.chance(0.3) && { replaces: `${ids}-${random.below(IDS)}` }),
    });
  const maybeDamaged = (text: string): string => (random.chance(0.5) ? damaged(text, random) : text);
  const id = (): string => `${ids}-${random.below(IDS)}`;
  return {
    values: {
      id,
      ids: id,
      kind: () => random.oneOf(['product', 'country']),
      payload: () => (random.chance(0.5) ? product() : random.oneOf(['{"a":1}', '[1]', '"text"', 'null'])),
      expectedVersion: () => random.oneOf([null, null, null, 0, 1, 2]),
      owner: () => random.oneOf([null, null, 'alice', 'bob']),
      clientRequestToken: () => `token-${random.below(IDS)}`,
      limit: () => 1 + random.below(100),
      nextToken: () => (tokens.length > 0 ? maybeDamaged(random.oneOf(tokens)) : 'none'),
      since: () => maybeDamaged(random.oneOf(cursors)),
      path: () => random.oneOf(['a', 'sku', 'price.amountMinor', '/price', '', '[0]']),
    },
    learnFrom(text) {
      keep(tokens, /"nextToken":"([^"]+)"/.exec(text)?.[1]);
      keep(cursors, /"cursor":"([^"]+)"/.exec(text)?.[1]);
    },
  };
}

function keep(list: string[], value: string | undefined): void {
  if (value === undefined) {
    return;
  }
  list.push(value);
  if (list.length > 20) {
    list.shift();
  }
}
