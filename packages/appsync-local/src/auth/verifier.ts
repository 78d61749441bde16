import type { AuthenticationType } from '../template/app-model.ts';
import type { Caller, SignedRequest } from './caller.ts';

/** One authorization mode of one API. */
export interface Verifier {
  mode: AuthenticationType;
  /** Whether the request carries credentials of the shape this mode judges. Proves nothing yet. */
  recognizes(request: SignedRequest): boolean;
  /** Proves who calls. @throws RequestRefused when the credentials do not hold. */
  verify(request: SignedRequest): Promise<Caller>;
}
