import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { parseLine } from '../format/parse-line.ts';
import { referencesIn } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import type { Progress } from '../progress.ts';
import { markUpdate } from './plan.ts';
import { linesOf, type Source } from './source.ts';
import type { ImportState } from './state.ts';
import type { Tables } from './tables.ts';

/** Ids that are not checked twice; the oldest are forgotten. */
const REMEMBERED = 10_000;

/**
 * Marks the items that were written after items that refer to them. Reads the file again, so that no list of them has to be
 * kept.
 *
 * @returns the number of references to missing items; each is reported
 */
export async function markReferenced(
  source: Source,
  tables: Tables,
  { now }: ImportState,
  progress: Progress,
  stop: AbortSignal,
): Promise<number> {
  const seen = new Map<string, boolean>();
  let read = 0;
  let missing = 0;
  let marked = 0;
  for await (const { bytes, place } of linesOf(source, (sum) => (read = sum))) {
    if (stop.aborted) {
      break;
    }
    const parsed = parseLine(bytes, { now, validated: false });
    const targets = parsed ? referencesIn(parsed.row).filter((target) => target !== parsed.id) : [];
    for (const target of targets) {
      const there = seen.get(target) ?? (await markOne(tables, target));
      if (seen.size >= REMEMBERED) {
        seen.delete(seen.keys().next().value!);
      }
      seen.set(target, there);
      marked += 1;
      if (there) {
        continue;
      }
      missing += 1;
      progress.line(
        `${place}: item ${shown(parsed!.id)} refers to ${shown(target)}, and there is no such item`,
      );
    }
    progress.update('marking referenced items', read / source.bytes, marked);
  }
  return missing;
}

/** @returns whether the item exists */
async function markOne({ client, items, pace }: Tables, target: string): Promise<boolean> {
  const update = markUpdate(target, items);
  const unmarked = {
    ...update,
    ConditionExpression: `${update.ConditionExpression} AND attribute_not_exists(referenced)`,
  };
  try {
    await pace.call(() => client.send(new UpdateItemCommand(unmarked)));
    return true;
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') {
      throw error;
    }
  }
  const input = { TableName: items, Key: update.Key, ConsistentRead: true, ProjectionExpression: 'id' };
  return (await pace.call(() => client.send(new GetItemCommand(input)))).Item !== undefined;
}
