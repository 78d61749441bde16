import type { AuthenticationType } from '../template/app-model.ts';

/** The caller of a request, as proved by one authorization mode. */
export interface Caller {
  mode: AuthenticationType;
  /** `ctx.identity`: null for API keys. */
  identity: unknown;
  /** Cognito groups; empty for every other mode. */
  groups: string[];
  /** The fields, as `Type.field`, that a Lambda authorizer denies this caller, regardless of directives. @default none */
  deniedFields?: ReadonlySet<string>;
  /** Whether IAM policies let this caller run `Type.field`, whatever the directives say. @default they let it run every field */
  mayRun?(coordinate: string): boolean;
}

/** The parts of a request that a signature covers or that carry credentials. */
export interface SignedRequest {
  method: string;
  /** Path with query string, as sent. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  /** The exact bytes of the body as text. */
  body: string;
  /** Address of the connection. */
  remoteAddress: string;
  /** UUID, as returned in `x-amzn-RequestId`. @default a new one when needed */
  requestId?: string;
  /** A real-time connection is being opened: there is no GraphQL operation yet. @default false */
  connecting?: boolean;
}

/** Identifies the caller. @throws RequestRefused when no mode of the API accepts the credentials. */
export type Authorize = (request: SignedRequest) => Promise<Caller>;

/**
 * A request that AppSync answers without running it: `{"errors":[{"errorType","message"}]}` with this status and
 * `x-amzn-ErrorType` (docs/facts/authorization.md#refusals).
 */
export class RequestRefused extends Error {
  override name = 'RequestRefused';
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }

  /** What clients receive in `errors`. One refusal has a type alone: its message is empty. */
  get entry(): { errorType: string; message?: string } {
    const { errorType, message } = this;
    return message === '' ? { errorType } : { errorType, message };
  }
}
