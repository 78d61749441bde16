/** One thing that a caller asks to do: an action on a resource. */
export interface Access {
  /** `dynamodb:GetItem`. */
  action: string;
  /** An ARN, or `*` for an action without one. */
  resource: string;
  /** Values of condition keys that only this request has, by lower-case name; asked for when a policy has a condition. @default none */
  context?(): Context;
}

/** Values of condition keys, by lower-case name. A missing key has no value in the request; null is a value that is not known here. */
export type Context = ReadonlyMap<string, readonly string[] | null>;

/** @returns undefined for what may be done */
export type Judge = (access: Access) => Refusal | undefined;

/** Why a request is refused. */
export interface Refusal {
  access: Pick<Access, 'action' | 'resource'>;
  /** In IAM's words: `User: … is not authorized to perform: dynamodb:GetItem on resource: … because …`. */
  message: string;
  /** Whether a Deny says so, which no other policy can make good. */
  isExplicit: boolean;
}
