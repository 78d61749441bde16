import { bytesCopied, copyOut } from './copy-out.ts';
import type { Realm, RealmContext } from './realm.ts';
import type { ContextInit, RaisedError, ResolverContext, ResolverEffects } from './runtime.types.ts';
import type { ResolverRun } from './session.ts';

/** The state of one resolver run: `ctx` is what handlers see, the other members are for the engine. */
export class RunContext implements ResolverContext, ResolverRun {
  readonly ctx: RealmContext;
  readonly appendedErrors: RaisedError[] = [];
  readonly effects: ResolverEffects = { invalidations: [], responseHeaders: [] };
  readonly #realm: Realm;
  readonly #init: ContextInit;
  readonly #outErrors: unknown[];

  constructor(realm: Realm, init: ContextInit) {
    this.#realm = realm;
    this.#init = init;
    this.ctx = realm.createContext(init);
    this.#outErrors = this.ctx.outErrors;
  }

  get field(): string {
    const { parentTypeName, fieldName } = this.#init.info;
    return `${parentTypeName}.${fieldName}`;
  }

  get requestId(): string | undefined {
    return this.#init.requestId;
  }

  get identity(): unknown {
    return this.#init.identity;
  }

  setPrevious(result: unknown): void {
    this.ctx.prev = this.#realm.copyIn({ result: result ?? null });
  }

  setPipelineOutcome(result: unknown): void {
    this.setPrevious(result);
    this.ctx.result = (this.ctx.prev as { result: unknown }).result;
    this.ctx.error = null;
  }

  setOutcome(result: unknown, error: { type: string; message: string } | null): void {
    this.ctx.result = this.#realm.adopt(result ?? null);
    this.ctx.error = this.#realm.copyIn(error);
  }

  /** `ctx.result` and `ctx.error` exist in response handlers only (developer guide, "Context object"). */
  clearOutcome(): void {
    this.ctx.result = null;
    this.ctx.error = null;
  }

  append(error: RaisedError): void {
    this.appendedErrors.push(error);
    const { message, errorType, data, errorInfo } = error;
    this.#outErrors.push(this.#realm.copyIn({ message, errorType, data, errorInfo }));
  }

  copyStash(): { value: unknown; bytes: number } {
    try {
      const value = copyOut(this.ctx.stash);
      return { value, bytes: bytesCopied() };
    } catch {
      return { value: null, bytes: 0 };
    }
  }

  toJSON(): Record<string, unknown> {
    const { info, request } = this.#init;
    const now = copyOut(this.ctx) as Record<string, unknown>;
    return {
      arguments: now['arguments'],
      identity: now['identity'],
      source: now['source'],
      request: copyOut(request),
      prev: now['prev'],
      info: copyOut(info),
      stash: now['stash'],
    };
  }
}
