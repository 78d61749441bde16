import { RequestRefused } from './caller.ts';

/**
 * All refusals of this folder, with AppSync's own status, type and wording (docs/fidelity, request-level refusals; observed on
 * AWS unless marked). The text of `unknownAccessKey` is that of every AWS service that verifies SigV4.
 */

/** No credential, or only kinds that this API does not accept. */
export const credentialMissing = (): RequestRefused =>
  new RequestRefused(401, 'UnauthorizedException', 'Valid authorization header not provided.');

/** A wrong or expired API key; also a user pool token of a client that the API does not accept (inferred). */
export const notAuthorized = (): RequestRefused =>
  new RequestRefused(401, 'UnauthorizedException', 'You are not authorized to make this call.');

/** Of a Lambda authorizer that AppSync may not invoke: a type alone (aws/aws-cdk#19239). The status is inferred. */
export const authorizerNotPermitted = (): RequestRefused =>
  new RequestRefused(400, 'BadRequestException', '');

export const tokenExpired = (): RequestRefused =>
  new RequestRefused(401, 'UnauthorizedException', 'Token has expired.');

/** Not a JWT, not from this issuer, or tampered with: AppSync gives the same answer to all three. */
export const tokenUnparsable = (): RequestRefused =>
  new RequestRefused(401, 'UnauthorizedException', 'Unable to parse JWT token.');

export const incompleteSignature = (message: string): RequestRefused =>
  new RequestRefused(403, 'IncompleteSignatureException', message);

/**
 * Until 2019 AppSync answered 403 InvalidSignatureException, the name of every other AWS service. Observed since: a signature that
 * does not match (aws/aws-sdk-java#2583, awslabs/aws-mobile-appsync-sdk-js#619), or has expired (aws-amplify/amplify-js#11480).
 */
export const invalidSignature = (message: string): RequestRefused =>
  new RequestRefused(400, 'BadRequestException', message);

export const unknownAccessKey = (): RequestRefused =>
  new RequestRefused(
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
