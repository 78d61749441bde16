import { isRecord } from '../../ground/record.ts';

const IAM = [
  'accountId',
  'cognitoIdentityPoolId',
  'cognitoIdentityId',
  'sourceIp',
  'username',
  'userArn',
  'cognitoIdentityAuthType',
  'cognitoIdentityAuthProvider',
];
const USER_POOL = ['sub', 'issuer', 'username', 'claims', 'sourceIp', 'defaultAuthStrategy'];
const OIDC = ['claims', 'issuer', 'sub'];

/**
 * `util.authType()`: infers the authorization mode from the shape of `ctx.identity`, as AppSync's EvaluateCode was observed to
 * do (localstack/appsync-utils, authType.test.js); any mixture of shapes counts as API key.
 */
export function authType(identity: unknown): string {
  if (!isRecord(identity)) {
    return 'API Key Authorization';
  }
  const keys = Object.keys(identity);
  const hasAll = (names: string[]) => names.every((name) => keys.includes(name));
  const hasAddress = identity['sourceIp'] !== undefined && identity['sourceIp'] !== null;
  if (keys.length === 0 || keys.includes('resolverContext')) {
    return 'Lambda Authorization';
  }
  if (hasAll(IAM) && hasAddress && isText(identity['userArn'])) {
    return 'IAM Authorization';
  }
  if (hasAll(USER_POOL) && hasAddress) {
    return 'User Pool Authorization';
  }
  if (keys.length === OIDC.length && hasAll(OIDC)) {
    return 'Open ID Connect Authorization';
  }
  return 'API Key Authorization';
}

const isText = (value: unknown): boolean => typeof value === 'string';
