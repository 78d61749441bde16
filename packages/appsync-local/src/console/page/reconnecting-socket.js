/** Milliseconds before each attempt to reconnect; the last one repeats. */
const RETRY_MS = [500, 1000, 2000, 5000];

/**
 * A WebSocket that reconnects whenever it is lost, until it is closed.
 *
 * @param {{
 *   dial(): Promise<WebSocket>,
 *   opened(): void,
 *   received(message: object): void,
 *   lost(tries: number, waitMs: number): void,
 *   failed(error: Error): void,
 * }} owner `failed` is called when no further attempt can succeed
 * @returns `{ send(message), settled(silenceMs), close() }`; call `settled` when the connection works, with the milliseconds of
 * silence after which it counts as lost
 */
export function openReconnecting(owner) {
  let webSocket;
  let closed = false;
  let tries = 0;
  let retry;
  let silence;
  let silenceMs = Infinity;

  const watch = () => {
    clearTimeout(silence);
    if (silenceMs < Infinity) silence = setTimeout(() => webSocket.close(), silenceMs);
  };

  const lost = () => {
    clearTimeout(silence);
    if (closed) return;
    const waitMs = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
    tries += 1;
    retry = setTimeout(connect, waitMs);
    owner.lost(tries, waitMs);
  };

  const listen = () => {
    webSocket.onopen = () => owner.opened();
    webSocket.onclose = lost;
    webSocket.onmessage = ({ data }) => {
      watch();
      if (!closed) owner.received(JSON.parse(data));
    };
  };

  const close = () => {
    closed = true;
    clearTimeout(retry);
    clearTimeout(silence);
    webSocket?.close(1000);
  };

  const connect = async () => {
    try {
      webSocket = await owner.dial();
      listen();
      if (closed) close();
    } catch (error) {
      // fetch rejects with a TypeError when the server cannot be reached, which may be temporary.
      if (error instanceof TypeError) return lost();
      close();
      owner.failed(error);
    }
  };

  void connect();
  return {
    send: (message) => {
      if (webSocket?.readyState === WebSocket.OPEN) webSocket.send(JSON.stringify(message));
    },
    settled: (timeoutMs) => {
      tries = 0;
      silenceMs = timeoutMs;
      watch();
    },
    close,
  };
}
