import { isRecord } from '../ground/record.ts';

/** The context that a single handler is evaluated with; code sees an absent member as absent. */
export interface MockContext {
  arguments?: Record<string, unknown> | null;
  identity?: unknown;
  source?: unknown;
  /** Only response handlers see it. */
  result?: unknown;
  /** `{ type, message }`; only response handlers see it. */
  error?: Record<string, unknown> | null;
  /** `{ result }`: the result of the previous step. */
  prev?: Record<string, unknown> | null;
  stash?: Record<string, unknown> | null;
  request?: { headers?: Record<string, string | string[]>; domainName?: string | null } | null;
  info?: Record<string, unknown> | null;
  env?: Record<string, string> | null;
}

/** What AppSync reads of a context; it ignores all else. */
export const CONTEXT_MEMBERS = [
  'arguments',
  'identity',
  'source',
  'result',
  'error',
  'prev',
  'stash',
  'request',
  'info',
  'env',
] as const satisfies readonly (keyof MockContext)[];

export const isContextMember = (name: string): boolean =>
  (CONTEXT_MEMBERS as readonly string[]).includes(name);

/** AppSync would refuse to evaluate code with this context. */
export class MockContextRefused extends Error {
  override name = 'MockContextRefused';
}

/** Members of all four shapes of `ctx.identity`, since people mix them (@aws-appsync/utils 2.1.1, index.d.ts). */
const IDENTITY: ReadonlySet<string> = new Set([
  'accountId',
  'cognitoIdentityPoolId',
  'cognitoIdentityId',
  'sourceIp',
  'username',
  'userArn',
  'cognitoIdentityAuthType',
  'cognitoIdentityAuthProvider',
  'sub',
  'issuer',
  'claims',
  'defaultAuthStrategy',
  'groups',
  'resolverContext',
]);

/** Members that must be objects when present. */
const OBJECTS = ['arguments', 'error', 'prev', 'stash', 'request', 'info', 'env'] as const;

/**
 * Reads a value as a mock context. AppSync refuses an identity with members that no authorization mode has, in these words
 * (localstack/appsync-utils, authType.test.js). That it refuses members of the wrong type in the same way is inferred. Unknown
 * members of the context are ignored, `args` among them: AppSync reads `arguments`.
 *
 * @throws MockContextRefused
 */
export function mockContext(value: unknown): MockContext {
  if (!isRecord(value)) {
    throw new MockContextRefused('The context must be a JSON object.');
  }
  const wrong = OBJECTS.filter((name) => isGiven(value[name]) && !isRecord(value[name])).map(String);
  if (isGiven(value['identity']) && !isIdentity(value['identity'])) {
    wrong.push('identity');
  }
  if (wrong.length > 0) {
    const members = wrong.map((name) => `ctx.${name}`).join(', ');
    throw new MockContextRefused(
      `The following properties in your mock context object failed validation: ${members}`,
    );
  }
  return value;
}

const isIdentity = (identity: unknown): boolean =>
  isRecord(identity) && Object.keys(identity).every((name) => IDENTITY.has(name));

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
