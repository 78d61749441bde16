import type { Loss } from './loss.ts';
import { isOn } from './table.ts';
import { type Resource, resourcesOf, type Template } from './template.ts';

/** What would go on with less: an API with lower limits, a key that ends earlier, a stream that nobody reads. */
export const lostService = (before: Template, after: Template): Loss[] =>
  RULES.flatMap(({ type, lossesOf }) => {
    const now = new Map(resourcesOf(after, type));
    return resourcesOf(before, type).flatMap(([id, old]) => {
      const resource = now.get(id);
      return resource ? lossesOf(id, propertiesOf(old), propertiesOf(resource)) : [];
    });
  });

type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = ({ Properties = {} }: Resource): Properties => Properties;

interface Rule {
  type: string;
  lossesOf(id: string, old: Properties, now: Properties): Loss[];
}

const RULES: readonly Rule[] = [
  { type: 'AWS::AppSync::GraphQLApi', lossesOf: lowerLimits },
  { type: 'AWS::AppSync::ApiKey', lossesOf: earlierEnd },
  { type: 'AWS::Lambda::EventSourceMapping', lossesOf: unreadStream },
];

/** Without a value, or with 0, AppSync has its own limits (API reference, GraphqlApi). */
const LIMITS = ['QueryDepthLimit', 'ResolverCountLimit'];

const limitOf = (value: unknown): number => Number(value ?? 0) || Infinity;

function lowerLimits(id: string, old: Properties, now: Properties): Loss[] {
  return LIMITS.filter((name) => limitOf(now[name]) < limitOf(old[name])).map((name) => ({
    name: `limit:${id}.${name}`,
    what: `${name} of the API ${id} would be ${String(now[name])} and not ${old[name] ? String(old[name]) : "AppSync's own"}: larger operations that clients send today fail.`,
    instead: 'Look at the operations of all clients first, then allow this.',
  }));
}

function earlierEnd(id: string, old: Properties, now: Properties): Loss[] {
  const [was, is] = [Number(old['Expires']), Number(now['Expires'])];
  return !(is < was)
    ? []
    : [
        {
          name: `expiry:${id}`,
          what: `The API key ${id} would end on ${dayOf(is)} and not on ${dayOf(was)}: from then on clients that have it get 401.`,
          instead: 'Move the clients to another key first: docs/operations.md, "Keys and credentials".',
        },
      ];
}

/** @param time epoch seconds */
const dayOf = (time: number): string => new Date(time * 1000).toISOString().slice(0, 10);

function unreadStream(id: string, old: Properties, now: Properties): Loss[] {
  const what = lessHeard(old, now);
  return what === undefined
    ? []
    : [
        {
          name: `reading:${id}`,
          what: `The event source mapping ${id} would ${what}`,
          instead:
            'To stop it for hours, disable the mapping by hand (aws lambda update-event-source-mapping), and enable it again; otherwise allow this.',
        },
      ];
}

/** DynamoDB keeps records for 24 hours (Developer Guide, "DynamoDB Streams"). */
function lessHeard(old: Properties, now: Properties): string | undefined {
  const isRead = ({ Enabled = true }: Properties): boolean => isOn(Enabled);
  if (isRead(old) && !isRead(now)) {
    return 'be disabled: its source would not be read, and a stream keeps records for only 24 hours.';
  }
  const [filter, before] = [now, old].map(({ FilterCriteria }) => JSON.stringify(FilterCriteria));
  return filter !== undefined && filter !== before
    ? 'have another filter: the function would not receive the records that it excludes.'
    : undefined;
}
