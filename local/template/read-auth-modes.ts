import { StartFailure } from '../failure.ts';
import { quoted } from './json.ts';
import type { AuthMode } from './model.ts';
import type { Reader } from './reader.ts';
import { unqualified } from './read-lambda-functions.ts';

/** Modes that AppSync has and the local server does not run yet. */
const NOT_YET: string[] = ['OPENID_CONNECT', 'AWS_LAMBDA'];

/**
 * The authorization modes of an API, the default mode first.
 * @throws StartFailure for a mode the local server does not run
 */
export const readAuthModes = (api: Reader, logicalId: string): AuthMode[] => {
  const readers = [api, ...api.sections('AdditionalAuthenticationProviders')];
  const refused = readers
    .map((reader) => reader.text('AuthenticationType'))
    .filter((type) => NOT_YET.includes(type));
  if (refused.length > 0)
    throw new StartFailure(
      `GraphQL API ${logicalId} uses the authorization mode ${quoted(refused)}, which the local server does not support`,
    );
  return readers.map(readAuthMode);
};

/**
 * One authorization mode: the API's own properties, or one of its AdditionalAuthenticationProviders.
 * @throws StartFailure when the mode is unknown or its configuration is missing
 */
export const readAuthMode = (reader: Reader): AuthMode => {
  const type = reader.text('AuthenticationType');
  const read = modes[type];
  if (read !== undefined) return read(reader);
  throw new StartFailure(
    `${reader.where}: AuthenticationType must be one of ${quoted(Object.keys(modes))}; it is '${type}'`,
  );
};

const readUserPoolMode = (reader: Reader): AuthMode => {
  const config = reader.section('UserPoolConfig');
  const appIdClientRegex = config.optionalText('AppIdClientRegex');
  const userPoolId = config.text('UserPoolId');
  return {
    type: 'AMAZON_COGNITO_USER_POOLS',
    userPoolId,
    region: config.optionalText('AwsRegion') ?? userPoolId.split('_')[0]!,
    // Additional providers have no DefaultAction; they allow (AppSync facts 6.4).
    defaultAction: config.optionalText('DefaultAction') === 'DENY' ? 'DENY' : 'ALLOW',
    ...(appIdClientRegex !== undefined && { appIdClientRegex }),
  };
};

const readOpenIdMode = (reader: Reader): AuthMode => {
  const config = reader.section('OpenIDConnectConfig');
  const clientId = config.optionalText('ClientId');
  const iatTtlMs = config.optionalNumber('IatTTL');
  const authTtlMs = config.optionalNumber('AuthTTL');
  return {
    type: 'OPENID_CONNECT',
    issuer: config.text('Issuer'),
    ...(clientId !== undefined && { clientId }),
    ...(iatTtlMs !== undefined && { iatTtlMs }),
    ...(authTtlMs !== undefined && { authTtlMs }),
  };
};

/** CloudFormation's default; CDK's comment says 300 but passes nothing (AppSync facts 6.6). */
const DEFAULT_RESULT_TTL_SECONDS = 0;

const readLambdaMode = (reader: Reader): AuthMode => {
  const config = reader.section('LambdaAuthorizerConfig');
  const identityValidationExpression = config.optionalText('IdentityValidationExpression');
  return {
    type: 'AWS_LAMBDA',
    functionArn: unqualified(config.text('AuthorizerUri')),
    resultTtlSeconds: config.optionalNumber('AuthorizerResultTtlInSeconds') ?? DEFAULT_RESULT_TTL_SECONDS,
    ...(identityValidationExpression !== undefined && { identityValidationExpression }),
  };
};

const modes: Record<string, (reader: Reader) => AuthMode> = {
  API_KEY: () => ({ type: 'API_KEY' }),
  AWS_IAM: () => ({ type: 'AWS_IAM' }),
  AMAZON_COGNITO_USER_POOLS: readUserPoolMode,
  OPENID_CONNECT: readOpenIdMode,
  AWS_LAMBDA: readLambdaMode,
};
