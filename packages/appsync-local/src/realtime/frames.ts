import { RequestRefused } from '../auth/caller.ts';
import type { GraphQLErrorEntry } from '../graphql/request.ts';
import type { ConnectionLimits } from './limits.ts';

/** Every frame the server sends (AppSync developer guide, "Building a real-time WebSocket client"). */

/** An entry of `payload.errors`: `errorCode` is an HTTP status. */
export interface FrameError {
  errorType?: string | null;
  /** @default none: one refusal of AppSync has a type alone */
  message?: string;
  errorCode?: number;
}

export const ackFrame = ({ connectionTimeoutMs }: ConnectionLimits): string =>
  JSON.stringify({ type: 'connection_ack', payload: { connectionTimeoutMs } });

export const KEEP_ALIVE_FRAME = '{"type":"ka"}';

export const connectionErrorFrame = (error: FrameError): string =>
  JSON.stringify({ type: 'connection_error', payload: { errors: [error] } });

export const startAckFrame = (id: string): string => JSON.stringify({ id, type: 'start_ack' });

export const completeFrame = (id: string): string => JSON.stringify({ id, type: 'complete' });

/** `errors` is a list, except for MaxSubscriptionsReachedError. Without an id the error concerns the whole message. */
export const errorFrame = (errors: readonly object[] | object, id?: string): string =>
  JSON.stringify({ ...(id !== undefined && { id }), type: 'error', payload: { errors } });

/** A frame's text, or its UTF-8 in parts that frames may share; sending copies the parts once, into one buffer. */
export type Frame = string | readonly Buffer[];

const DATA_END = Buffer.from('}');

/** What the `data` frames of a subscription begin with. */
export const dataHead = (id: string): Buffer =>
  Buffer.from(`{"id":${JSON.stringify(id)},"type":"data","payload":`);

/** @param payload text in UTF-8, shared by the subscriptions that get the same */
export const dataFrame = (head: Buffer, payload: Buffer): Frame => [head, payload, DATA_END];

/** Observed on AWS: one message for everything but a subscription operation in a well-formed `start`. */
export const unsupported = (operation: 'query' | 'mutation' | 'unknown'): FrameError => ({
  errorType: 'UnsupportedOperation',
  message: `${operation} not supported through the realtime channel`,
});

/** Observed on AWS (aws-amplify/amplify-js#12818). */
export const duplicatedOperation = (id: string): FrameError => ({
  errorType: 'DuplicatedOperationError',
  message: `Duplicated operation with id ${id}`,
});

/** Observed on AWS, when the quota was 100. */
export const tooManySubscriptions = ({ maxSubscriptions }: ConnectionLimits): FrameError => ({
  errorType: 'MaxSubscriptionsReachedError',
  message: `Max number of ${maxSubscriptions} subscriptions reached`,
});

/** Observed on AWS (aws-amplify/amplify-category-api#740), without an errorType. */
export const filterRefused = (message: string): FrameError => ({ message, errorCode: 400 });

/** Of a client that offers no subprotocol. Observed on AWS (aws/aws-appsync-community#195), without an errorType. */
export const subprotocolMissing: FrameError = { message: 'NoProtocolError', errorCode: 400 };

/** Of a client that offers only others. Observed on AWS (graphql-dotnet/graphql-client#591), without an errorType. */
export const subprotocolUnknown: FrameError = { message: 'SubProtocolNotSupportedError', errorCode: 400 };

/** Observed on AWS (graphql-dotnet/graphql-client#662), without an errorType. */
export const credentialsMissing: FrameError = { message: 'Required headers are missing.', errorCode: 400 };

/**
 * The frame for one error of a refused `start`: its message, and its type if it has one, without the path, locations, data and
 * errorInfo of a response over HTTP. Observed on AWS for validation (aws-amplify/amplify-js#7114), variables
 * (aws-amplify/amplify-cli#7427), fields that the caller may not read (aws-amplify/amplify-js#12679), a resolver that failed
 * (aws/aws-appsync-community#355) and a resolver's value that does not fit (awslabs/aws-mobile-appsync-sdk-ios#319).
 */
export const startRefused = ({ errorType, message }: GraphQLErrorEntry): FrameError => ({
  ...(typeof errorType === 'string' && { errorType }),
  message,
});

/** What a client may learn of an exception: a refusal is meant for it, anything else is a bug of ours. */
export const toFrameError = (error: unknown): FrameError =>
  error instanceof RequestRefused
    ? { ...error.entry, errorCode: error.status }
    : { errorType: 'InternalFailure', message: 'internal error', errorCode: 500 };
