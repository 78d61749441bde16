import type { Socket } from 'node:net';

/**
 * Looks at the first byte of a connection and puts it back. A client that says nothing for `timeoutMs` milliseconds,
 * or leaves without a word, is dropped and `then` is not called.
 */
export function firstByte(socket: Socket, timeoutMs: number, then: (byte: number) => void): void {
  const drop = (): void => void socket.destroy();
  socket.setTimeout(timeoutMs, drop);
  // Kept for the life of the socket: between two owners an error must not find nobody listening.
  socket.on('error', () => undefined);

  socket.once('readable', () => {
    const chunk = socket.read(1) as Buffer | null;
    if (chunk === null) {
      return drop();
    }
    socket.setTimeout(0, drop);
    socket.unshift(chunk);
    then(chunk[0]!);
  });
}
