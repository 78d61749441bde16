import WebSocket from 'ws';

/** Node.js 20 has no WebSocket of its own; clients that are made for browsers look for this one. */
export function provideWebSocket(): void {
  globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
}
