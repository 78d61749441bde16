import { StartFailure } from '../ground/start-failure.ts';
import type { AuthMode } from './app-model.ts';
import { quoted } from './json.ts';
import { unqualified } from './read-lambda-functions.ts';
import type { Reader } from './reader.ts';

/**
 * The authorization modes of an API, the default mode first.
 * @throws StartFailure for modes that AppSync would not create together
 */
export function readAuthModes(api: Reader, logicalId: string): AuthMode[] {
  const modes = [api, ...api.sections('AdditionalAuthenticationProviders')].map(readAuthMode);
  checkTwice(modes, logicalId);
  checkDefaultProvider(modes, logicalId);
  checkDefaultAction(modes, logicalId);
  return modes;
}

/** Modes that an API may have only once; user pools and OpenID Connect providers may repeat (docs/facts/authorization.md#modes-repeat). */
const ONCE: AuthMode['type'][] = ['API_KEY', 'AWS_IAM', 'AWS_LAMBDA'];

function checkTwice(modes: AuthMode[], logicalId: string): void {
  const twice = ONCE.find((type) => modes.filter((mode) => mode.type === type).length > 1);
  if (twice !== undefined) {
    throw new StartFailure(
      `GraphQL API ${logicalId} has the authorization mode '${twice}' twice; an API may have it once`,
    );
  }
}

function checkDefaultProvider([first, ...additional]: AuthMode[], logicalId: string): void {
  const provider = providerOf(first!);
  if (provider !== undefined && additional.some((mode) => providerOf(mode) === provider)) {
    throw new StartFailure(
      `GraphQL API ${logicalId} has the provider '${provider}' as its default and as an additional ` +
        'authorization mode; AppSync accepts it in only one of these places',
    );
  }
}

/** CloudFormation, AWS::AppSync::GraphQLApi UserPoolConfig, "DefaultAction". */
function checkDefaultAction([first, ...additional]: AuthMode[], logicalId: string): void {
  if (
    first?.type === 'AMAZON_COGNITO_USER_POOLS' &&
    first.defaultAction === 'DENY' &&
    additional.length > 0
  ) {
    throw new StartFailure(
      `GraphQL API ${logicalId} has the DefaultAction 'DENY' and additional authorization modes; AppSync requires ALLOW in that case`,
    );
  }
}

function providerOf(mode: AuthMode): string | undefined {
  if (mode.type === 'AMAZON_COGNITO_USER_POOLS') {
    return mode.userPoolId;
  }
  return mode.type === 'OPENID_CONNECT' ? mode.issuer : undefined;
}

/**
 * Reads one authorization mode: the API's own properties, or one of its AdditionalAuthenticationProviders.
 * @throws StartFailure when the mode is unknown or its configuration is missing
 */
export function readAuthMode(reader: Reader): AuthMode {
  const type = reader.text('AuthenticationType');
  const read = readers[type];
  if (read !== undefined) {
    return read(reader);
  }
  throw new StartFailure(
    `${reader.where}: AuthenticationType must be one of ${quoted(Object.keys(readers))}; it is '${type}'`,
  );
}

function readUserPoolMode(reader: Reader): AuthMode {
  const config = reader.section('UserPoolConfig');
  const appIdClientRegex = config.optionalText('AppIdClientRegex');
  const userPoolId = config.text('UserPoolId');
  return {
    type: 'AMAZON_COGNITO_USER_POOLS',
    userPoolId,
    region: config.optionalText('AwsRegion') ?? userPoolId.split('_')[0]!,
    // Additional providers have no DefaultAction; they allow (docs/facts/authorization.md#default-action).
    defaultAction: defaultActionOf(config),
    ...(appIdClientRegex !== undefined && { appIdClientRegex }),
  };
}

function defaultActionOf(config: Reader): 'ALLOW' | 'DENY' {
  const action = config.optionalText('DefaultAction') ?? 'ALLOW';
  if (action === 'ALLOW' || action === 'DENY') {
    return action;
  }
  throw new StartFailure(`${config.where}: DefaultAction must be ALLOW or DENY; it is '${action}'`);
}

function readOpenIdMode(reader: Reader): AuthMode {
  const config = reader.section('OpenIDConnectConfig');
  const clientId = config.optionalText('ClientId');
  const iatTtlMs = durationOf(config, 'IatTTL');
  const authTtlMs = durationOf(config, 'AuthTTL');
  return {
    type: 'OPENID_CONNECT',
    issuer: issuerOf(config),
    ...(clientId !== undefined && clientId !== '' && { clientId }),
    ...(iatTtlMs !== undefined && { iatTtlMs }),
    ...(authTtlMs !== undefined && { authTtlMs }),
  };
}

/** The discovery document is below it, so it must be a URL (AppSync developer guide, security-authz). */
function issuerOf(config: Reader): string {
  const issuer = config.text('Issuer');
  if (URL.canParse(issuer) && /^https?:$/.test(new URL(issuer).protocol)) {
    return issuer;
  }
  throw new StartFailure(
    `${config.where}: Issuer must be a URL such as https://auth.example.com; it is '${issuer}'`,
  );
}

/** Milliseconds; 0, which AppSync shows for an absent value, means no limit. */
function durationOf(config: Reader, name: string): number | undefined {
  const duration = config.optionalNumber(name);
  if (duration === undefined || duration >= 0) {
    return duration === 0 ? undefined : duration;
  }
  throw new StartFailure(`${config.where}: ${name} must be milliseconds, 0 or more; it is ${duration}`);
}

/** CloudFormation's default; CDK's comment says 300 but passes nothing (docs/facts/authorization.md#authorizer-ttl). */
const DEFAULT_RESULT_TTL_SECONDS = 0;
/** API reference, LambdaAuthorizerConfig. */
const LONGEST_RESULT_TTL_SECONDS = 3600;

function readLambdaMode(reader: Reader): AuthMode {
  const config = reader.section('LambdaAuthorizerConfig');
  const identityValidationExpression = config.optionalText('IdentityValidationExpression');
  return {
    type: 'AWS_LAMBDA',
    functionArn: unqualified(config.text('AuthorizerUri')),
    resultTtlSeconds: resultTtlOf(config),
    ...(identityValidationExpression !== undefined &&
      identityValidationExpression !== '' && { identityValidationExpression }),
  };
}

function resultTtlOf(config: Reader): number {
  const name = 'AuthorizerResultTtlInSeconds';
  const ttl = config.optionalNumber(name) ?? DEFAULT_RESULT_TTL_SECONDS;
  if (Number.isInteger(ttl) && ttl >= 0 && ttl <= LONGEST_RESULT_TTL_SECONDS) {
    return ttl;
  }
  throw new StartFailure(
    `${config.where}: ${name} must be a whole number from 0 to ${LONGEST_RESULT_TTL_SECONDS}; it is ${ttl}`,
  );
}

const readers: Record<string, (reader: Reader) => AuthMode> = {
  API_KEY: () => ({ type: 'API_KEY' }),
  AWS_IAM: () => ({ type: 'AWS_IAM' }),
  AMAZON_COGNITO_USER_POOLS: readUserPoolMode,
  OPENID_CONNECT: readOpenIdMode,
  AWS_LAMBDA: readLambdaMode,
};
