import { StartFailure } from '../ground/start-failure.ts';
import { quoted } from './json.ts';
import { ofTypes } from './resource.ts';
import type { Resource } from './resource.ts';

/** An API with its stack path, which distinguishes it from APIs of the same logical id in other stacks. */
const titleOf = (api: Resource): string => `${api.stackName}/${api.logicalId}`;

/**
 * Chooses the one GraphQL API to run.
 * @param resources all resources of the assembly
 * @param wanted a logical id, or `stack name/logical id`; optional when there is only one API
 * @throws StartFailure when there is no such API or the choice is ambiguous
 */
export function chooseApi(resources: Resource[], wanted: string | undefined): Resource {
  const apis = ofTypes(resources, 'AWS::AppSync::GraphQLApi');
  if (apis.length === 0) {
    throw noApi(ofTypes(resources, 'AWS::AppSync::Api'));
  }
  const chosen = wanted === undefined ? mostly(isSource, apis) : apis.filter((api) => isNamed(api, wanted));
  const [api, ...others] = chosen;
  if (api === undefined) {
    throw new StartFailure(
      `--api '${wanted}' is not a GraphQL API of the cloud assembly; it has ${quoted(apis.map(titleOf))}`,
    );
  }
  if (others.length > 0) {
    throw new StartFailure(
      `the cloud assembly has ${chosen.length} GraphQL APIs: ${quoted(chosen.map(titleOf))}; choose one with --api`,
    );
  }
  if (!isSource(api)) {
    throw merged(api, apis.filter(isSource));
  }
  return api;
}

/** All that `is` accepts, or all if it accepts none. */
function mostly<T>(is: (one: T) => boolean, all: T[]): T[] {
  const accepted = all.filter(is);
  return accepted.length > 0 ? accepted : all;
}

const isNamed = (api: Resource, wanted: string): boolean => [api.logicalId, titleOf(api)].includes(wanted);

/** Not a merged API, whose fields are those of its source APIs, which the template alone does not say. */
const isSource = ({ properties }: Resource): boolean => properties.optionalText('ApiType') !== 'MERGED';

/** The GraphQL APIs that can be run, apart from merged ones. */
export const sourceApis = (resources: Resource[]): Resource[] =>
  ofTypes(resources, 'AWS::AppSync::GraphQLApi').filter(isSource);

const merged = (api: Resource, sources: Resource[]): StartFailure =>
  new StartFailure(
    `GraphQL API ${titleOf(api)} is a merged API (ApiType MERGED), which the local server does not run; ` +
      (sources.length > 0
        ? `run one of its source APIs with --api: ${quoted(sources.map(titleOf))}`
        : 'run its source APIs, each from the app that has it'),
  );

const noApi = ([eventApi]: Resource[]): StartFailure =>
  eventApi === undefined
    ? new StartFailure(
        'the cloud assembly has no AWS::AppSync::GraphQLApi; there is nothing to run, check the app and its conditions',
      )
    : new StartFailure(
        `${titleOf(eventApi)} is an AppSync Events API (AWS::AppSync::Api); the local server runs GraphQL APIs ` +
          '(AWS::AppSync::GraphQLApi), and the cloud assembly has none',
      );
