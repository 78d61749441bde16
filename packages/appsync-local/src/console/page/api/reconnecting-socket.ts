/** Milliseconds before each attempt to reconnect; the last one repeats. */
const RETRY_MS = [500, 1000, 2000, 5000];

export interface RealtimeMessage {
  type: string;
  id?: string;
  payload?: Record<string, unknown>;
}

interface Owner {
  dial(): Promise<WebSocket>;
  opened(): void;
  received(message: RealtimeMessage): void;
  lost(tries: number, waitMs: number): void;
  /** Called when no further attempt can succeed. */
  failed(error: Error): void;
}

export interface ReconnectingSocket {
  send(message: RealtimeMessage): void;
  /** To be called when the connection works, with the milliseconds of silence after which it counts as lost. */
  settled(silenceMs: number): void;
  close(): void;
}

/** A WebSocket that reconnects whenever it is lost, until it is closed. */
export function openReconnecting(owner: Owner): ReconnectingSocket {
  let webSocket: WebSocket | undefined;
  let closed = false;
  let tries = 0;
  let retry: number | undefined;
  let silence: number | undefined;
  let silenceMs = Infinity;

  const watch = (): void => {
    clearTimeout(silence);
    if (silenceMs < Infinity) {
      silence = setTimeout(() => webSocket?.close(), silenceMs);
    }
  };

  const lost = (): void => {
    clearTimeout(silence);
    if (closed) {
      return;
    }
    const waitMs = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!;
    tries += 1;
    retry = setTimeout(() => void connect(), waitMs);
    owner.lost(tries, waitMs);
  };

  const listen = (opened: WebSocket): void => {
    opened.onopen = () => owner.opened();
    opened.onclose = lost;
    opened.onmessage = ({ data }) => {
      watch();
      if (!closed) {
        owner.received(JSON.parse(data) as RealtimeMessage);
      }
    };
  };

  const close = (): void => {
    closed = true;
    clearTimeout(retry);
    clearTimeout(silence);
    webSocket?.close(1000);
  };

  const connect = async (): Promise<void> => {
    try {
      webSocket = await owner.dial();
      listen(webSocket);
      if (closed) {
        close();
      }
    } catch (error) {
      // fetch rejects with a TypeError when the server cannot be reached, which may be temporary.
      if (error instanceof TypeError) {
        return lost();
      }
      close();
      owner.failed(error as Error);
    }
  };

  void connect();
  return {
    send: (message) => {
      if (webSocket?.readyState === WebSocket.OPEN) {
        webSocket.send(JSON.stringify(message));
      }
    },
    settled: (timeoutMs) => {
      tries = 0;
      silenceMs = timeoutMs;
      watch();
    },
    close,
  };
}
