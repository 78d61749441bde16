import { randomBytes } from 'node:crypto';
import { awsWords } from './aws-words.ts';

/** One entry of a `TransactionCanceledException`, in DynamoDB's words. */
export interface CancellationReason {
  /** `None`, `ConditionalCheckFailed`, `TransactionConflict`, … */
  Code?: string;
  Message?: string;
  /** Typed attributes; only if the requested item asked for them. */
  Item?: Record<string, unknown>;
}

export interface DynamoDbErrorDetails {
  statusCode: number;
  requestId: string;
  cancellationReasons?: CancellationReason[];
  item?: Record<string, unknown>;
}

/** DynamoDB refused a call or could not be reached. */
export class DynamoDbError extends Error {
  /** `ConditionalCheckFailedException`, `ValidationException`, …; `DynamoDbException` without a response. */
  override readonly name: string;
  /** HTTP status; 0 without a response. */
  readonly statusCode: number;
  /** `x-amzn-requestid`; empty without a response. */
  readonly requestId: string;
  /** One per item of a cancelled transaction. */
  declare readonly cancellationReasons?: CancellationReason[];
  /** Typed attributes of the item that failed its condition, if `ReturnValuesOnConditionCheckFailure` requested them. */
  declare readonly item?: Record<string, unknown>;

  constructor(name: string, message: string, details: DynamoDbErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
    this.statusCode = details.statusCode;
    this.requestId = details.requestId;
    if (details.cancellationReasons) {
      this.cancellationReasons = details.cancellationReasons;
    }
    if (details.item) {
      this.item = details.item;
    }
  }
}

/** For a request that DynamoDB refuses and the embedded engine accepts. */
export function validationError(message: string): DynamoDbError {
  return new DynamoDbError('ValidationException', message, { statusCode: 400, requestId: newRequestId() });
}

/** What DynamoDB answers a caller whose policies do not allow a call. @param message IAM's */
export function accessDenied(message: string): DynamoDbError {
  return new DynamoDbError('AccessDeniedException', message, { statusCode: 400, requestId: newRequestId() });
}

/** 52 capitals and digits, like DynamoDB's. */
const newRequestId = (): string =>
  Array.from(randomBytes(52), (byte) => '0123456789ABCDEFGHIJKLMNOPQRSTUV'[byte % 32]).join('');

/**
 * Reads an error response of the JSON 1.0 protocol: `{"__type": "com.amazonaws.dynamodb.v20120810#Name", "message"}`, where
 * some services write `Message` instead. Always uses DynamoDB's words, not the engine's.
 *
 * @param input of the call
 */
export function parseServiceError(
  statusCode: number,
  requestId: string,
  body: string,
  input: object,
): DynamoDbError {
  const answer = parseObject(body);
  const type = typeof answer.__type === 'string' ? answer.__type : 'InternalServerError';
  const message = answer.message ?? answer.Message ?? `DynamoDB answered with status ${statusCode}`;
  const details: DynamoDbErrorDetails = { statusCode, requestId };
  if (answer.CancellationReasons) {
    details.cancellationReasons = reasonsOf(answer.CancellationReasons as CancellationReason[], input);
  }
  if (answer.Item) {
    details.item = answer.Item as Record<string, unknown>;
  }
  const name = type.slice(type.lastIndexOf('#') + 1);
  return new DynamoDbError(name, awsWords(String(message), input), details);
}

function reasonsOf(reasons: CancellationReason[], input: object): CancellationReason[] {
  const actions = (input as { TransactItems?: Record<string, object>[] }).TransactItems ?? [];
  return reasons.map((reason, index) =>
    reason.Message === undefined
      ? reason
      : { ...reason, Message: awsWords(reason.Message, Object.values(actions[index] ?? {})[0] ?? {}) },
  );
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // a proxy's HTML page, or nothing: the status is all there is to tell
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before it answered',
  EPIPE: 'the connection was closed before it answered',
  UND_ERR_SOCKET: 'the connection was closed before it answered',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  ENOTFOUND: 'its host name is unknown',
  UND_ERR_DESTROYED: 'the server is stopping',
  UND_ERR_CLOSED: 'the server is stopping',
  ECANCELED: 'the server is stopping',
  ETIMEDOUT: 'it did not answer in time',
  EPROTO: 'what it answered was not understood',
};

/** A failure without a response. Its message contains no address: request handlers may pass it on to GraphQL clients. */
export function unreachable(cause: Error & { code?: string }): DynamoDbError {
  const reason = REASONS[cause.code ?? ''] ?? 'the connection failed';
  const details = { statusCode: 0, requestId: '' };
  return new DynamoDbError('DynamoDbException', `DynamoDB cannot be reached: ${reason}`, details, { cause });
}
