/** Limits of one connection. Lengths are UTF-8 bytes, times milliseconds. */
export interface ConnectionLimits {
  /** @default 200 (AWS general reference, AppSync quotas: subscriptions per connection) */
  maxSubscriptions: number;
  /** Of one message from the client. @default 1 MiB, as for a request over HTTP */
  maxMessageBytes: number;
  /** Bytes waiting for a slow reader, beyond which the connection is closed. @default 1 MiB */
  maxBufferedBytes: number;
  /** Between two `ka`. @default 60,000 (Amplify warns after 65 s without one) */
  keepAliveMs: number;
  /** Sent to the client in `connection_ack`. @default 300,000 (AppSync developer guide, real-time client) */
  connectionTimeoutMs: number;
  /** @default 24 hours (AWS general reference, AppSync quotas: connection length) */
  maxConnectionMs: number;
  /**
   * How long a refusal waits for the client's first message. Some clients start to listen only after the socket's `open` event,
   * and would miss what arrives with the handshake. @default 100
   */
  refusalDelayMs: number;
}

export const DEFAULT_LIMITS: ConnectionLimits = {
  maxSubscriptions: 200,
  maxMessageBytes: 1024 * 1024,
  maxBufferedBytes: 1024 * 1024,
  keepAliveMs: 60_000,
  connectionTimeoutMs: 300_000,
  maxConnectionMs: 24 * 3600 * 1000,
  refusalDelayMs: 100,
};

/** `Subscription payload size` (AWS general reference, AppSync quotas). */
export const MAX_PAYLOAD_BYTES = 240 * 1024;

/** Bytes of one real-time update as it is counted (AWS AppSync pricing, pricing example 2, footnote on real-time updates). */
export const UPDATE_BYTES = 5 * 1024;

/** RFC 6455, 7.4.1, and the IANA registry of close codes (1013). */
export const CLOSE_CODE = {
  /** The connection has reached its 24 hours. */
  goingAway: 1001,
  /** Follows `connection_error`. */
  policyViolation: 1008,
  messageTooBig: 1009,
  /** The client reads too slowly. */
  tryAgainLater: 1013,
} as const;
