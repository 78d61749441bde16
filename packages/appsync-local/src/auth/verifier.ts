import type { AuthenticationType } from '../template/app-model.ts';
import type { Caller, SignedRequest } from './caller.ts';

/** One authorization mode of one API. */
export interface Verifier {
  mode: AuthenticationType;
  /** Whether the request carries credentials of this mode's shape; they may still be invalid. */
  recognizes(request: SignedRequest): boolean;
  /** Verifies the caller. @throws RequestRefused when the credentials are invalid. */
  verify(request: SignedRequest): Promise<Caller>;
}
