import { RequestRefused } from '../auth/caller.ts';
import type { GraphQLErrorEntry } from '../graphql/request.ts';
import type { ConnectionLimits } from './limits.ts';

/** Every frame the server sends (AppSync developer guide, "Building a real-time WebSocket client"). */

/** An entry of `payload.errors`: `errorCode` is an HTTP status. */
export interface FrameError {
  errorType?: string | null;
  message: string;
  errorCode?: number;
}

export const ackFrame = ({ connectionTimeoutMs }: ConnectionLimits): string =>
  JSON.stringify({ type: 'connection_ack', payload: { connectionTimeoutMs } });

export const KEEP_ALIVE_FRAME = '{"type":"ka"}';

export const connectionErrorFrame = (error: FrameError): string =>
  JSON.stringify({ type: 'connection_error', payload: { errors: [error] } });

export const startAckFrame = (id: string): string => JSON.stringify({ id, type: 'start_ack' });

export const completeFrame = (id: string): string => JSON.stringify({ id, type: 'complete' });

/** `errors` is a list everywhere but for MaxSubscriptionsReachedError. Without an id the whole message was at fault. */
export const errorFrame = (errors: readonly object[] | object, id?: string): string =>
  JSON.stringify({ ...(id !== undefined && { id }), type: 'error', payload: { errors } });

/** A frame's text, or its UTF-8 in parts that others may share: whoever sends it copies them once, and together. */
export type Frame = string | readonly Buffer[];

const DATA_END = Buffer.from('}');

/** Makes the `data` frames of one subscription; the payload is text already, and the same for many. */
export function dataFrames(id: string): (payload: Buffer) => Frame {
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"data","payload":`);
  return (payload) => [head, payload, DATA_END];
}

/** Observed on AWS: one message for whatever is no subscription operation in a well-formed `start`. */
export const unsupported = (operation: 'query' | 'mutation' | 'unknown'): FrameError => ({
  errorType: 'UnsupportedOperation',
  message: `${operation} not supported through the realtime channel`,
});

/** Observed on AWS (aws-amplify/amplify-js#12818). */
export const duplicatedOperation = (id: string): FrameError => ({
  errorType: 'DuplicatedOperationError',
  message: `Duplicated operation with id ${id}`,
});

/** Observed on AWS, where the quota was 100 then. */
export const tooManySubscriptions = ({ maxSubscriptions }: ConnectionLimits): FrameError => ({
  errorType: 'MaxSubscriptionsReachedError',
  message: `Max number of ${maxSubscriptions} subscriptions reached`,
});

/** Observed on AWS (aws-amplify/amplify-category-api#740), without an errorType. */
export const filterRefused = (message: string): FrameError => ({ message, errorCode: 400 });

/** Observed on AWS (graphql-dotnet/graphql-client#591), without an errorType. */
export const subprotocolMissing: FrameError = { message: 'SubProtocolNotSupportedError', errorCode: 400 };

/** Observed on AWS (graphql-dotnet/graphql-client#662). */
export const credentialsMissing: FrameError = {
  errorType: 'UnauthorizedException',
  message: 'Required headers are missing.',
  errorCode: 400,
};

/**
 * What a refused `start` says of one error: its message, and its type if it has one. The paths, places, data and errorInfo
 * that a response over HTTP has are left out. Observed on AWS for validation (aws-amplify/amplify-js#7114), variables
 * (aws-amplify/amplify-cli#7427), fields that the caller may not have (aws-amplify/amplify-js#12679), a resolver that failed
 * (aws/aws-appsync-community#355) and a resolver's value that does not fit (awslabs/aws-mobile-appsync-sdk-ios#319).
 */
export const startRefused = ({ errorType, message }: GraphQLErrorEntry): FrameError => ({
  ...(typeof errorType === 'string' && { errorType }),
  message,
});

/** What a client may know of an exception: a refusal is for it, anything else is our own mistake. */
export const toFrameError = (error: unknown): FrameError =>
  error instanceof RequestRefused
    ? { errorType: error.errorType, message: error.message, errorCode: error.status }
    : { errorType: 'InternalFailure', message: 'internal error', errorCode: 500 };
