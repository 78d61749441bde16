/** What the room lists: one list at a time. */
export const LISTS = ['lambda', 'resolver', 'function', 'log'] as const;

export type List = (typeof LISTS)[number];

/** Where in the room somebody is, as the address after `#functions/` has it. */
export interface Where {
  list: List;
  /** Of a Lambda function, a resolver or an AppSync function; of the log the id that its lines belong to. */
  name?: string;
  /** Of an invocation. */
  id?: string;
}

/** `lambda/NAME/ID`, `resolver/Query.getItem`, `log/ID`; anything else is the first list. */
export function whereIn(thing: string | undefined): Where {
  const [list = '', name = '', id = ''] = (thing ?? '').split('/').map(decoded);
  return {
    list: LISTS.find((one) => one === list) ?? 'lambda',
    ...(name !== '' && { name }),
    ...(id !== '' && { id }),
  };
}

/** What `whereIn` reads. */
export const thingOf = ({ list, name, id }: Where): string =>
  [list, name, id]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/');

export const addressOf = (where: Where): string => `#functions/${thingOf(where)}`;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
