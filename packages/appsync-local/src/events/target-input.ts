import type { EventTargetModel } from '../template/app-model.ts';
import type { BusEvent } from './bus-event.ts';

/** The rule that matched an event. */
export interface MatchedRule {
  name: string;
  arn: string;
}

/**
 * The input of a target for an event: the event itself, or the result of `Input`, `InputPath` or `InputTransformer`
 * (EventBridge user guide, "Amazon EventBridge input transformation").
 */
export function targetInput(event: BusEvent, target: EventTargetModel, rule: MatchedRule): unknown {
  if (target.input !== undefined) {
    return parsed(target.input);
  }
  if (target.inputPath !== undefined) {
    return at(event, target.inputPath) ?? null;
  }
  return target.transformer ? parsed(transformed(event, target.transformer, rule)) : event;
}

/** A template without quotes produces text, which is a valid payload as well. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `$.detail.items[0]['unit price']`; undefined for a missing value. */
function at(event: unknown, path: string): unknown {
  const names = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  );
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    event,
  );
}

type Transformer = NonNullable<EventTargetModel['transformer']>;

/** A string within quotes loses its own quotes; an absent value becomes an empty string. */
function transformed(event: BusEvent, { paths, template }: Transformer, rule: MatchedRule): string {
  const reserved: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': { ...event, detail: undefined },
    'aws.events.event.json': event,
  };
  return template.replace(/<([\w.-]+)>/g, (_, name: string, offset: number) => {
    const path = paths[name];
    const value = path === undefined ? reserved[name] : at(event, path);
    return rendered(value, isInQuotes(template, offset));
  });
}

function rendered(value: unknown, inQuotes: boolean): string {
  if (value === undefined) {
    return inQuotes ? '' : '""';
  }
  const json = JSON.stringify(value);
  if (!inQuotes) {
    return json;
  }
  return typeof value === 'string' ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
}

const isInQuotes = (template: string, offset: number): boolean =>
  (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
