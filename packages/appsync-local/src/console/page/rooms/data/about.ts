import type { Item } from '../../../../data/data-view.ts';
import type { Entry } from '../../api/change-log.ts';
import { plainValue } from './typed-json.ts';

/** Whether an event has the value of each part of the item's key in it, wherever. */
export function about({ event }: Pick<Entry, 'event'>, item: Item, keyNames: readonly string[]): boolean {
  return (
    event !== undefined &&
    keyNames.every((name) => name in item && holds(event.payload.data, plainValue(item[name]!)))
  );
}

/** Numbers may arrive as texts, such as AWSJSON or an `ID`. */
function holds(value: unknown, wanted: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some((one) => holds(one, wanted));
  }
  return value !== null && String(value) === String(wanted);
}
