import type { SignedRequest } from './caller.ts';
import { headerOf } from './request-headers.ts';

/** The token of `Authorization: <token>` or `Authorization: Bearer <token>`; AppSync accepts both (observed on AWS). */
export const bearerTokenOf = (request: SignedRequest): string | undefined =>
  headerOf(request, 'authorization')
    ?.trim()
    .replace(/^Bearer\s+/i, '');
