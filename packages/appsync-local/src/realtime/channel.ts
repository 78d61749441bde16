import type { Frame } from './frames.ts';
import { CLOSE_CODE, type ConnectionLimits } from './limits.ts';

/** The part of a WebSocket that the protocol uses. */
export interface Socket {
  /** @returns true when the network keeps up, so that `bufferedBytes` need not be checked */
  send(frame: Frame): boolean | void;
  /** The close code and reason of RFC 6455, 7.4. */
  close(code: number, reason: string): void;
  /** Bytes passed to `send` that the network has not taken yet. */
  bufferedBytes(): number;
}

/** A socket, with timers that live as long as it does. After it is closed nothing is sent and no timer fires. */
export interface Channel {
  readonly open: boolean;
  /** Sends a frame, or closes the channel when too many frames wait for a client that does not read them. */
  send(frame: Frame): void;
  close(code: number, reason: string): void;
  /** The other side closed. */
  closed(): void;
  onClose(listener: () => void): void;
  after(ms: number, action: () => void): void;
  every(ms: number, action: () => void): void;
}

export function openChannel(socket: Socket, limits: ConnectionLimits): Channel {
  const timers: NodeJS.Timeout[] = [];
  const listeners: (() => void)[] = [];
  let open = true;

  const end = (): boolean => {
    if (!open) {
      return false;
    }
    open = false;
    timers.forEach(clearTimeout);
    listeners.forEach((listener) => listener());
    return true;
  };
  // A waiting timer must not keep the process alive.
  const keep = (timer: NodeJS.Timeout): void =>
    void (open ? timers.push(timer.unref()) : clearTimeout(timer));
  const close = (code: number, reason: string): void => void (end() && socket.close(code, reason));

  return {
    get open() {
      return open;
    },
    send(frame) {
      if (!open) {
        return;
      }
      if (!socket.send(frame) && socket.bufferedBytes() > limits.maxBufferedBytes) {
        close(CLOSE_CODE.tryAgainLater, 'client too slow');
      }
    },
    close,
    closed: () => void end(),
    onClose: (listener) => void listeners.push(listener),
    after: (ms, action) => keep(setTimeout(action, ms)),
    every: (ms, action) => keep(setInterval(action, ms)),
  };
}
