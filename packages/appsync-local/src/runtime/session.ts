import { HelperFailure } from './interruption.ts';
import type { RaisedError, ResolverEffects } from './runtime.types.ts';

/** The part of the current resolver run that helpers read and change. */
export interface ResolverRun {
  /** `Mutation.putItem` */
  readonly field: string;
  /** Of the GraphQL request. */
  readonly requestId: string | undefined;
  readonly identity: unknown;
  readonly effects: ResolverEffects;
  append(error: RaisedError): void;
}

/** Holds the resolver run that the code in the realm works for; handlers are synchronous, so there is at most one. */
export interface Session {
  current: ResolverRun | undefined;
}

/** @throws HelperFailure when code outside a handler calls */
export function currentRun(session: Session, helper: string): ResolverRun {
  if (session.current === undefined) {
    throw new HelperFailure(`${helper} can be called only while a handler runs`);
  }
  return session.current;
}
