import type { ApiTarget, Credentials, UserCredentials } from '../harness/target.ts';
import type { Area, TestUsers } from './check.ts';

/** The target for the users that an area says it needs: on AWS there would be no others. */
export function onlyDeclared(target: ApiTarget, { name, users = {} }: Area): ApiTarget {
  const checked = (caller: Credentials): Credentials => {
    if ((caller.mode === 'user' || caller.mode === 'oidc') && !isDeclared(caller, users)) {
      throw new Error(`the area ${name} does not name ${JSON.stringify(caller)} among its users`);
    }
    return caller;
  };
  return {
    ...target,
    headersFor: async (caller, body, path) => target.headersFor(checked(caller), body, path),
    realtimeHeadersFor: async (caller, body, path) => target.realtimeHeadersFor(checked(caller), body, path),
  };
}

function isDeclared(caller: UserCredentials, { pool = {}, oidc = [] }: TestUsers): boolean {
  return caller.mode === 'oidc'
    ? oidc.includes(caller.user)
    : [...(caller.groups ?? [])].sort().join() === pool[caller.user]?.slice().sort().join();
}
