import type { Socket } from 'node:net';

/**
 * Reads the first byte of a connection and puts it back. Drops a client that sends nothing for `timeoutMs` milliseconds, or
 * disconnects before; then `then` is not called.
 */
export function firstByte(socket: Socket, timeoutMs: number, then: (byte: number) => void): void {
  const drop = (): void => void socket.destroy();
  socket.setTimeout(timeoutMs, drop);
  // Stays for the life of the socket: between two owners an error must find a listener.
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
