import WebSocket from 'ws';
import type { WebSocketClass } from '../../../packages/live-items/src/index.ts';

/** A WebSocket class whose sockets can be cut, as a network cuts them. */
export function fragileSockets(): { webSocket: WebSocketClass; cut(): number } {
  const open = new Set<WebSocket>();

  class FragileSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      this.on('open', () => open.add(this));
      this.on('close', () => open.delete(this));
    }
  }

  return {
    webSocket: FragileSocket as unknown as WebSocketClass,
    /** @returns how many were cut */
    cut() {
      const { size } = open;
      open.forEach((socket) => socket.terminate());
      return size;
    },
  };
}
