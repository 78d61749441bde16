import type { EventRuleModel, EventSourceMappingModel, UnavailableModel } from './app-model.ts';
import type { Attempt } from './not-run-here.ts';
import type { Problems } from './problems.ts';
import { readEventRule } from './read-event-rules.ts';
import { hasOtherSource, readEventSourceMapping } from './read-event-source-mappings.ts';
import type { LambdaFunctions } from './read-lambda-functions.ts';
import { ofTypes } from './resource.ts';
import type { Resource } from './resource.ts';
import { tablesOf } from './tables.ts';

/** What calls Lambda functions without a field's asking. */
export interface Events {
  rules: EventRuleModel[];
  mappings: EventSourceMappingModel[];
  /** Mappings of what does not run here. */
  unavailable: UnavailableModel[];
  /** Mappings that read a queue or the like, which no field reaches. */
  otherSources: ReadonlySet<Resource>;
  /** Lambda functions that are called. */
  functionArns: string[];
}

/** Reads the event source mappings and EventBridge rules of an assembly. */
export function readEvents(
  resources: Resource[],
  lambdas: LambdaFunctions,
  attemptRun: Attempt,
  problems: Problems,
): Events {
  const read = <T>(some: Resource[], readOne: (resource: Resource) => T | undefined): T[] =>
    some.flatMap((resource) => problems.attempt(() => readOne(resource)) ?? []);
  const functions = ofTypes(resources, 'AWS::Lambda::Function');
  const arns = functions.map((lambda) => lambda.attribute('Arn'));
  const rules = read(ofTypes(resources, 'AWS::Events::Rule'), (rule) =>
    readEventRule(
      rule,
      arns.filter((arn) => !lambdas.notRun.has(arn)),
    ),
  );
  const otherSources = new Set<Resource>();
  const unavailable: UnavailableModel[] = [];
  const partners = { tables: tablesOf(resources), functions, notRun: lambdas.notRun };
  const mappings = read(ofTypes(resources, 'AWS::Lambda::EventSourceMapping'), (mapping) =>
    attemptRun(
      () => readEventSourceMapping(mapping, partners),
      (reason) => {
        if (hasOtherSource(mapping)) {
          otherSources.add(mapping);
        } else {
          unavailable.push({ reason, users: [`event source mapping ${mapping.logicalId}`] });
        }
        return undefined;
      },
    ),
  );
  const functionArns = [
    ...mappings.map(({ functionArn }) => functionArn),
    ...rules.flatMap(({ pattern, targets }) =>
      pattern ? targets.map(({ functionArn }) => functionArn) : [],
    ),
  ];
  return { rules, mappings, unavailable, otherSources, functionArns };
}
