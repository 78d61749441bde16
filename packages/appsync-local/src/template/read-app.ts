import type { ApiModel, AppModel, EventSourceMappingModel, UnavailableModel } from './app-model.ts';
import type { Assembly } from './assembly.ts';
import { isForAppSync, withPermissions } from './authorizer-permission.ts';
import { chooseApi, sourceApis } from './choose-api.ts';
import type { IdentityOptions, Named } from './identity/identity.ts';
import { attemptFor } from './not-run-here.ts';
import type { Attempt } from './not-run-here.ts';
import { createProblems } from './problems.ts';
import type { Problems } from './problems.ts';
import { reachedScopes } from './reach.ts';
import { belongsTo, readApi } from './read-api.ts';
import { readEvents } from './read-events.ts';
import type { Events } from './read-events.ts';
import { readLambdaFunctions } from './read-lambda-functions.ts';
import type { LambdaFunctions } from './read-lambda-functions.ts';
import { readRoles } from './read-roles.ts';
import { readTable } from './read-tables.ts';
import { readUserPools } from './read-user-pools.ts';
import { checkReferences } from './references.ts';
import { NOT_RUN, RUN } from './resource-types.ts';
import { ofTypes, resourcesOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { Scope } from './scope.types.ts';
import { createStacks } from './stacks.ts';
import { tablesOf } from './tables.ts';
import { withTargets } from './targets.ts';
import type { Targets } from './targets.ts';
import { unavailableParts } from './unavailable.ts';

export interface ReadOptions extends IdentityOptions {
  /** The API to run: its logical id, or `stack name/logical id`. @default the only one */
  apiLogicalId?: string;
  /** Allows data sources to name tables that the assembly does not create. @default false */
  externalTables?: boolean;
  /** HTTP data sources that get another endpoint, by name. @default none */
  givenEndpoints?: { has(name: string): boolean };
  /** Environment variables of Lambda functions that get another value, by name. @default none */
  givenVariables?: Readonly<Record<string, string>>;
  /**
   * Refuses resources that this server does not run, even if no field, authorizer, stream or rule of the API needs them.
   * @default they are left out, and a note says so
   */
  strict?: boolean;
}

/** The GraphQL APIs of an assembly, without merged ones. */
export const apiTitles = (assembly: Assembly): Pick<Resource, 'stackName' | 'logicalId'>[] =>
  sourceApis(createStacks(assembly, {}).all().flatMap(resourcesOf)).map(({ stackName, logicalId }) => ({
    stackName,
    logicalId,
  }));

/**
 * Reads everything one GraphQL API needs from a cloud assembly.
 * @throws StartFailure with everything in the API that AppSync would refuse, or that `strict` does not let pass
 */
export function readApp(assembly: Assembly, options: ReadOptions = {}): AppModel {
  let further: ReadonlySet<string> = new Set();
  let served = '';
  const isFurtherApiKey = (key: Named): boolean => further.has(placeOf(key.stackName, key.logicalId));
  const isServed = (other: Named): boolean => placeOf(other.stackName, other.logicalId) === served;
  const stacks = createStacks(assembly, { ...options, isFurtherApiKey, isServed });
  further = furtherApiKeys(stacks.all());
  const everything = stacks.all().flatMap(resourcesOf);
  const api = chooseApi(everything, options.apiLogicalId);
  served = placeOf(api.stackName, api.logicalId);
  const scopes = reachedScopes(assembly, stacks, api.stack);
  const resources = scopes.flatMap(resourcesOf);
  const problems = createProblems();
  const app = readModel(api, resources, options, problems);
  refuseMerged(resources, app.api, problems);
  checkNestedStacks(scopes, problems);
  if (options.strict) {
    refuseUnsupported(resources, problems);
  }
  problems.refuse();
  const permitted = withPermissions(app.api, { run: app.lambdaFunctions }, everything);
  return { ...app, api: permitted, notes: assembly.notes };
}

const placeOf = (stackName: string, logicalId: string): string => `${stackName}/${logicalId}`;

/** API keys after the first one of their API, by their places. */
function furtherApiKeys(scopes: Scope[]): Set<string> {
  const apis = new Set<unknown>();
  const further = new Set<string>();
  for (const { type, properties, stackName, logicalId } of scopes.flatMap(resourcesOf)) {
    if (type !== 'AWS::AppSync::ApiKey') {
      continue;
    }
    // A key whose ApiId has no value is reported with the API's own resources.
    const api = createProblems().attempt(() => properties.text('ApiId'));
    if (apis.has(api)) {
      further.add(placeOf(stackName, logicalId));
    }
    apis.add(api);
  }
  return further;
}

/** All but what the assembly itself has to say. */
function readModel(
  api: Resource,
  all: Resource[],
  options: ReadOptions,
  problems: Problems,
): Omit<AppModel, 'notes'> {
  const strict = options.strict ?? false;
  const attemptRun = attemptFor(strict);
  const helpers = deploymentHelpers(all);
  const resources = all.filter((resource) => !helpers.has(resource));
  const lambdas = readLambdaFunctions(
    ofTypes(resources, 'AWS::Lambda::Function'),
    ofTypes(resources, 'AWS::Lambda::LayerVersion'),
    options.givenVariables,
  );
  const tables = tablesOf(resources).flatMap((table) => problems.attempt(() => readTable(table)) ?? []);
  const { externalTables = false, givenEndpoints = new Set() } = options;
  const targets = { tables, lambdas, externalTables, givenEndpoints };
  const apiModel = readTargetedApi(api, resources, targets, attemptRun, problems);
  const events = readEvents(resources, lambdas, attemptRun, problems);
  refuseFaults(lambdas, strict, [...functionsOf(apiModel), ...events.functionArns], problems);
  const unavailable = [...unavailableParts(apiModel), ...events.unavailable];
  const idle = withoutEffect(all, resources, apiModel, accountedFor(lambdas, unavailable), events);
  return {
    region: api.region,
    accountId: api.accountId,
    api: apiModel,
    tables,
    lambdaFunctions: lambdas.run,
    eventRules: events.rules,
    eventSourceMappings: events.mappings,
    roles: readRoles(resources),
    userPools: problems.attempt(() => readUserPools(resources, apiModel.authModes)) ?? [],
    unavailable,
    notRun: idle.map(({ type, logicalId }) => ({ type, logicalId })),
    isCached: resources.some(isCaching),
  };
}

function readTargetedApi(
  api: Resource,
  resources: Resource[],
  targets: Targets,
  attemptRun: Attempt,
  problems: Problems,
): ApiModel {
  const asWritten = readApi(api, resources, problems, attemptRun);
  checkReferences(asWritten, dataSourceNames(resources, asWritten.id, problems), problems);
  return withTargets(asWritten, targets, problems, attemptRun);
}

/** A Lambda function that no deployment would take is refused if it is called; one that does not run here, with `--strict`. */
function refuseFaults(lambdas: LambdaFunctions, strict: boolean, called: string[], problems: Problems): void {
  const faults = [...lambdas.faults].filter(([arn]) => strict || called.includes(arn));
  [...faults, ...(strict ? lambdas.notRun : [])].forEach(([, reason]) => problems.add(reason));
  for (const { logicalId, missingLayers } of strict ? lambdas.run : []) {
    missingLayers.forEach((arn) =>
      problems.add(`Lambda function ${logicalId} has the layer ${arn}, which is not in the cloud assembly`),
    );
  }
}

/** ARNs of the Lambda functions that run, and of those that are reported together with the fields that need them. */
function accountedFor({ run, notRun }: LambdaFunctions, unavailable: UnavailableModel[]): Set<string> {
  const reported = new Set(unavailable.map(({ reason }) => reason));
  const missed = [...notRun].filter(([, reason]) => reported.has(reason));
  return new Set([...run.map(({ arn }) => arn), ...missed.map(([arn]) => arn)]);
}

/**
 * Resources that change nothing here, in the order of the template.
 * @param accounted ARNs of Lambda functions that are none of them
 */
function withoutEffect(
  all: Resource[],
  runnable: Resource[],
  { id, dataSources }: ApiModel,
  accounted: ReadonlySet<string>,
  { mappings, otherSources }: Events,
): Resource[] {
  const destinations = failureDestinations(runnable, mappings);
  const isIdleSource = ({ logicalId, properties }: Resource): boolean =>
    properties.value('ApiId') === id && !dataSources.some((source) => source.logicalId === logicalId);
  const isIdle = (resource: Resource): boolean => {
    switch (resource.type) {
      case 'AWS::Lambda::Function':
        return !runnable.includes(resource) || !accounted.has(resource.attribute('Arn'));
      case 'AWS::Lambda::Permission':
        return !isForAppSync(resource);
      case 'AWS::Lambda::EventSourceMapping':
        return otherSources.has(resource);
      case 'AWS::AppSync::DataSource':
        return isIdleSource(resource);
      default:
        return !RUN.has(resource.type) && !destinations.has(resource);
    }
  };
  return all.filter(isIdle);
}

/** Lambda functions that answer fields or authorize callers. */
function functionsOf({ dataSources, authModes, resolvers, functions }: ApiModel): string[] {
  const used = new Set(
    [...functions, ...resolvers].flatMap((unit) => ('dataSourceName' in unit ? [unit.dataSourceName] : [])),
  );
  const users = [...dataSources.filter(({ name }) => used.has(name)), ...authModes];
  return users.flatMap((user) => ('functionArn' in user ? [user.functionArn] : []));
}

/** A cache of the API, or a resolver whose results are cached. */
const isCaching = ({ type, properties }: Resource): boolean =>
  type === 'AWS::AppSync::ApiCache' ||
  (type === 'AWS::AppSync::Resolver' && properties.value('CachingConfig') !== undefined);

/** Queues and topics that get the records that an event source mapping drops. */
function failureDestinations(resources: Resource[], mappings: EventSourceMappingModel[]): Set<Resource> {
  const arns = mappings.map(({ onFailure }) => onFailure?.arn);
  return new Set([
    ...ofTypes(resources, 'AWS::SQS::Queue').filter((queue) => arns.includes(queue.attribute('Arn'))),
    ...ofTypes(resources, 'AWS::SNS::Topic').filter((topic) => arns.includes(topic.ref())),
  ]);
}

const dataSourceNames = (resources: Resource[], apiId: string, problems: Problems): string[] =>
  ofTypes(resources, 'AWS::AppSync::DataSource')
    .filter((resource) => belongsTo(apiId, resource, problems))
    .flatMap(({ properties }) => problems.attempt(() => properties.text('Name')) ?? []);

/** A merged API has the fields of its source APIs, which the template alone does not say. One of the sources runs as any API. */
function refuseMerged(resources: Resource[], { id, arn }: ApiModel, problems: Problems): void {
  for (const { logicalId, properties } of ofTypes(resources, 'AWS::AppSync::SourceApiAssociation')) {
    const merged = problems.attempt(() => properties.optionalText('MergedApiIdentifier'));
    if (merged === id || merged === arn) {
      problems.add(
        `AWS::AppSync::SourceApiAssociation ${logicalId} makes a merged API, which the local server does not run; ` +
          'run its source API, chosen with --api',
      );
    }
  }
}

/** The resources that `--strict` refuses. */
function refuseUnsupported(resources: Resource[], problems: Problems): void {
  for (const { type, logicalId, properties } of resources) {
    if (!RUN.has(type) && !NOT_RUN.has(type)) {
      problems.add(`resource type ${type} (logical id ${logicalId}) is not supported by the local server`);
    } else if (properties.value('CachingConfig') !== undefined) {
      const field = `${properties.text('TypeName')}.${properties.text('FieldName')}`;
      problems.add(
        `resolver ${field} (logical id ${logicalId}) has CachingConfig, which the local server does not support`,
      );
    }
  }
}

function checkNestedStacks(scopes: Scope[], problems: Problems): void {
  for (const scope of scopes) {
    for (const { type, logicalId, stackName } of resourcesOf(scope)) {
      if (type === 'AWS::CloudFormation::Stack' && !scope.stack.nested.has(logicalId)) {
        problems.add(
          `stack ${stackName}, resource ${logicalId}: the template of this nested stack is not an asset of the cloud assembly`,
        );
      }
    }
  }
}

/** Lambda functions that only implement a custom resource that is not run, such as CDK's own for log retention. */
function deploymentHelpers(resources: Resource[]): Set<Resource> {
  const tokens = resources
    .filter(({ type }) => type.startsWith('Custom::') && NOT_RUN.has(type))
    .map(({ properties }) => properties.optionalText('ServiceToken'));
  return new Set(
    ofTypes(resources, 'AWS::Lambda::Function').filter((lambda) => tokens.includes(lambda.attribute('Arn'))),
  );
}
