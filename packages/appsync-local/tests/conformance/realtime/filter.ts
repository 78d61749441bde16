import type { ConformanceApi } from '../check.ts';
import { ALL_FIELDS, idsUntil, publish, subscribed, unique, using } from './wire.ts';

export const FILTER_GUIDE = 'AppSync developer guide, aws-appsync-real-time-enhanced-filtering';
export const EXTENSIONS = 'AppSync developer guide, extensions-js';

export interface FieldFilter {
  fieldName: string;
  operator: string;
  value: unknown;
}

export interface Filter {
  filterGroup: { filters: FieldFilter[] }[];
}

export const field = (fieldName: string, operator: string, value: unknown): FieldFilter => ({
  fieldName,
  operator,
  value,
});

/** Alternatives, each a list of conditions. */
export const anyOf = (...groups: FieldFilter[][]): Filter => ({
  filterGroup: groups.map((filters) => ({ filters })),
});

/** Which of these messages reach a subscription with this filter; a last one, which always does, ends the wait. */
export async function reaching(
  api: ConformanceApi,
  filter: Filter,
  messages: Record<string, unknown>[],
  selection = ALL_FIELDS,
): Promise<number[]> {
  const run = unique();
  const last = `${run}-last`;
  const filters = JSON.stringify([
    anyOf(...filter.filterGroup.map(({ filters }) => filters), [field('id', 'eq', last)]),
  ]);
  const query = 'subscription ($filters: AWSJSON!) { onFiltered(filters: $filters) { id } }';
  return using(subscribed(api, query, { filters }), async (wire) => {
    for (const [index, message] of messages.entries()) {
      await publish(api, { id: `${run}/${index}`, ...message }, selection);
    }
    await publish(api, { id: last });
    const ids = await idsUntil(wire, 'onFiltered', last);
    return ids.filter((id) => id.startsWith(`${run}/`)).map((id) => Number(id.split('/')[1]));
  });
}

/** Sets filters, one after the other. */
export const setFilters =
  'subscription ($filters: AWSJSON!, $room: String) { onFiltered(filters: $filters, room: $room) { id } }';

/** Whether a message reaches a subscription made with this document. */
export async function hears(
  api: ConformanceApi,
  query: string,
  variables: Record<string, unknown>,
  message: Record<string, unknown>,
): Promise<boolean> {
  const id = unique();
  return using(subscribed(api, query, variables), async (wire) => {
    await publish(api, { id, ...message });
    wire.send({ type: 'stop', id: 'end' });
    for (let frame = await wire.next(); frame.type !== 'complete'; frame = await wire.next()) {
      if (JSON.stringify(frame.payload).includes(id)) {
        return true;
      }
    }
    return false;
  });
}
