import { StartFailure } from '../ground/start-failure.ts';
import type { EventRuleModel, EventTargetModel } from '../template/app-model.ts';
import type { BusEvent } from './bus-event.ts';
import { compilePattern, type EventPattern, PatternProblem } from './event-pattern.ts';
import { eventOf, type PutEvents, type PutEventsAnswer, refusalOf } from './put-events.ts';
import { targetInput } from './target-input.ts';

export interface EventBusesOptions {
  rules: EventRuleModel[];
  region: string;
  accountId: string;
  /** Invokes a Lambda function asynchronously; the Lambda host retries. */
  deliver(functionArn: string, payload: unknown, rule: EventRuleModel): void;
}

/**
 * Runs the event buses of an app: checks events like EventBridge, and sends them to the Lambda functions of matching rules. A
 * bus without rules accepts events too, and drops them, as on AWS.
 *
 * @throws StartFailure for a pattern that EventBridge would refuse
 */
export function createEventBuses({ rules, region, accountId, deliver }: EventBusesOptions): PutEvents {
  const active = rules.filter(mayMatch).map(compiled);

  function publish(busName: string, event: BusEvent): void {
    for (const { rule, matches } of active) {
      if (rule.busName === busName && matches(event)) {
        for (const target of rule.targets) {
          deliver(target.functionArn, payloadOf(event, target, rule), rule);
        }
      }
    }
  }

  return (busName, entries): PutEventsAnswer => {
    const message = refusalOf(entries);
    if (message !== null) {
      return { kind: 'refused', message };
    }
    const results = entries.map((entry) => eventOf(entry, { region, accountId }));
    for (const result of results) {
      if ('id' in result) {
        publish(busName, result);
      }
    }
    return {
      kind: 'answer',
      Entries: results.map((result) => ('id' in result ? { EventId: result.id } : result)),
      FailedEntryCount: results.filter((result) => !('id' in result)).length,
    };
  };
}

/** A schedule without a pattern matches no events; EventBridge refuses a rule that has neither. */
const mayMatch = ({ enabled, targets, pattern, isScheduled }: EventRuleModel): boolean =>
  enabled && targets.length > 0 && !(isScheduled && pattern === null);

/** Copies the event, so that no target sees another one's changes. */
const payloadOf = (event: BusEvent, target: EventTargetModel, rule: EventRuleModel): unknown =>
  structuredClone(targetInput(event, target, rule));

function compiled(rule: EventRuleModel): { rule: EventRuleModel; matches: EventPattern } {
  try {
    return { rule, matches: compilePattern(rule.pattern) };
  } catch (error) {
    if (!(error instanceof PatternProblem)) {
      throw error;
    }
    throw new StartFailure(
      `EventBridge rule ${rule.logicalId} has an EventPattern that EventBridge would refuse: ${error.message}`,
    );
  }
}
