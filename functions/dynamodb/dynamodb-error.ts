import type { Answer } from '../aws/signed-post.ts';
import type { Attributes } from './dynamodb.ts';

/** Why an action of a transaction was not done; `None` in `Code` for one that would have been. */
export interface CancellationReason {
  Code?: string;
  Message?: string;
  /** The row as it was, where the action asks for it. */
  Item?: Attributes;
}

/** What DynamoDB answers to a request that it refuses; `name` is the exception's, `ResourceNotFoundException`. */
export class DynamoDbError extends Error {
  override readonly name: string;
  /** One for each action, for a `TransactionCanceledException`; else empty. */
  readonly reasons: readonly CancellationReason[];
  /** By this the AWS SDK's own rules see what may be tried again. */
  readonly $metadata: { httpStatusCode: number | undefined };

  constructor(
    name: string,
    message: string,
    { status, reasons = [] }: { status?: number; reasons?: readonly CancellationReason[] } = {},
  ) {
    super(message);
    this.name = name;
    this.reasons = reasons;
    this.$metadata = { httpStatusCode: status };
  }
}

interface ErrorBody {
  /** `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException` */
  __type?: string;
  message?: string;
  Message?: string;
  CancellationReasons?: CancellationReason[];
}

/** A load balancer between us and DynamoDB may answer what is no JSON. */
function parse(body: string): ErrorBody {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** @param answer with a status other than 200 */
export function errorOf({ status, body }: Answer): DynamoDbError {
  const { __type = '', message, Message, CancellationReasons } = parse(body);
  const name = __type.slice(__type.indexOf('#') + 1) || 'UnknownError';
  return new DynamoDbError(name, message ?? Message ?? `DynamoDB answered HTTP ${status}`, {
    status,
    ...(CancellationReasons && { reasons: CancellationReasons }),
  });
}
