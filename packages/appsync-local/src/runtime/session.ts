import { HelperFailure } from './interruption.ts';
import type { RaisedError, ResolverEffects } from './runtime.types.ts';

/** What helpers see and change of the resolver run they are called in. */
export interface ResolverRun {
  readonly identity: unknown;
  readonly effects: ResolverEffects;
  append(error: RaisedError): void;
}

/** Which resolver run the code in the realm is working for; handlers are synchronous, so there is at most one. */
export interface Session {
  current: ResolverRun | undefined;
}

/** @throws HelperFailure when code outside a handler asks. */
export function currentRun(session: Session, helper: string): ResolverRun {
  if (session.current === undefined) {
    throw new HelperFailure(`${helper} can be called only while a handler runs`);
  }
  return session.current;
}
