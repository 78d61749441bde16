import type { ApiModel, AuthMode } from './app-model.ts';
import type { LambdaFunctions } from './read-lambda-functions.ts';
import { ofTypes } from './resource.ts';
import type { Resource } from './resource.ts';

/**
 * The API with each Lambda authorizer marked that no permission of the template lets AppSync invoke
 * (docs/facts/authorization.md#authorizer-permission). A function of another app has its permissions there.
 *
 * @param resources of all stacks: a permission may be in a stack that refers to the API and the function
 */
export function withPermissions(
  api: ApiModel,
  { run }: Pick<LambdaFunctions, 'run'>,
  resources: Resource[],
): ApiModel {
  const permissions = ofTypes(resources, 'AWS::Lambda::Permission');
  const isMissing = (mode: AuthMode): boolean =>
    mode.type === 'AWS_LAMBDA' &&
    run.some(({ arn }) => arn === mode.functionArn) &&
    !permissions.some((permission) => admits(permission, mode.functionArn, api.id));
  return {
    ...api,
    authModes: api.authModes.map((mode) => (isMissing(mode) ? { ...mode, notPermitted: true } : mode)),
  };
}

/** Whether a permission is for AppSync; every other one has no effect here. */
export const isForAppSync = (permission: Resource): boolean =>
  isOneOf(permission.known('Principal'), ['appsync.amazonaws.com', '*']);

const admits = (permission: Resource, functionArn: string, apiId: string): boolean =>
  isForAppSync(permission) &&
  isOneOf(permission.known('Action'), ['lambda:InvokeFunction', 'lambda:*']) &&
  isOneOf(functionNameOf(permission.known('FunctionName')), [functionNameOf(functionArn)]) &&
  isSource(permission.known('SourceArn'), apiId);

/** What has no value here may be right on AWS. */
const isOneOf = (value: unknown, accepted: unknown[]): boolean =>
  value === null || value === undefined || accepted.includes(value);

/** Of a name, an ARN or the part of one from the account on, each with or without a version or alias (API reference, AddPermission). */
const functionNameOf = (given: unknown): unknown =>
  typeof given === 'string' ? (/(?:^|:)function:([^:]+)/.exec(given)?.[1] ?? given.split(':')[0]) : given;

/** The ARN of an API, or a pattern. */
const isSource = (source: unknown, apiId: string): boolean =>
  typeof source !== 'string' || source.includes('*') || source.endsWith(`:apis/${apiId}`);
