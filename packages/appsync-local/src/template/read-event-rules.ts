import type { EventRuleModel, EventTargetModel } from './app-model.ts';
import { unqualified } from './read-lambda-functions.ts';
import type { Reader } from './reader.ts';
import type { Resource } from './resource.ts';

const DEFAULT_BUS = 'default';

/** The name of an event bus from its name or ARN. */
export const busNameOf = (nameOrArn: string): string => nameOrArn.split('/').pop()!;

/**
 * Reads a rule with its local effects: of its targets only the Lambda functions of the assembly are invoked.
 * @param functionArns of the assembly's Lambda functions
 */
export function readEventRule(resource: Resource, functionArns: string[]): EventRuleModel {
  const { properties, logicalId } = resource;
  const targets = properties
    .sections('Targets')
    .map((target) => ({ target, functionArn: unqualified(target.text('Arn')) }));
  const isFunction = ({ functionArn }: { functionArn: string }): boolean =>
    functionArns.includes(functionArn);
  return {
    logicalId,
    name: resource.ref(),
    arn: resource.attribute('Arn'),
    busName: busNameOf(properties.optionalText('EventBusName') ?? DEFAULT_BUS),
    enabled: properties.optionalText('State') !== 'DISABLED',
    pattern: properties.value('EventPattern') ?? null,
    targets: targets
      .filter(isFunction)
      .map(({ target, functionArn }) => ({ functionArn, ...readInput(target) })),
    otherTargets: targets.filter((one) => !isFunction(one)).map(({ target }) => target.text('Arn')),
    isScheduled: properties.value('ScheduleExpression') !== undefined,
  };
}

function readInput(target: Reader): Omit<EventTargetModel, 'functionArn'> {
  const input = target.optionalText('Input');
  const inputPath = target.optionalText('InputPath');
  const transformer = target.optionalSection('InputTransformer');
  return {
    ...(input !== undefined && { input }),
    ...(inputPath !== undefined && { inputPath }),
    ...(transformer && {
      transformer: { paths: transformer.texts('InputPathsMap'), template: transformer.text('InputTemplate') },
    }),
  };
}

/** Sentences for people about rules that do less here than on AWS. */
export const rulesWithoutEffect = (rules: EventRuleModel[]): string[] =>
  rules.flatMap(({ logicalId, otherTargets, isScheduled }) => [
    ...(isScheduled ? [`EventBridge rule ${logicalId} has a schedule, which does not run here.`] : []),
    ...(otherTargets.length > 0
      ? [`EventBridge rule ${logicalId} has targets without effect here: ${otherTargets.join(', ')}.`]
      : []),
  ]);
