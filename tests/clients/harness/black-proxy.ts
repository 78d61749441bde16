import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can go black: it accepts connections, passes nothing, and closes nothing. */
export interface BlackProxy {
  origin: string;
  /** Everything from now on, or none of it. */
  goBlack(isBlack: boolean): void;
  /** The WebSockets that are open now, for good. */
  blackenSockets(): void;
  close(): void;
}

interface Link {
  isWebSocket: boolean;
  isBlack: boolean;
}

/** @param target `http://localhost:PORT` */
export async function blackProxy(target: string): Promise<BlackProxy> {
  const links = new Set<Link>();
  const ends = new Set<Socket>();
  let allBlack = false;

  function join(from: Socket, to: Socket, link: Link): void {
    from.on('data', (data) => {
      link.isWebSocket ||= /^upgrade: websocket/im.test(String(data));
      if (!link.isBlack && !allBlack) {
        to.write(data);
      }
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      ends.delete(from);
      if (!link.isBlack && !allBlack) {
        to.destroy();
      }
    });
    ends.add(from);
  }

  const server = createServer((client) => {
    const link = { isWebSocket: false, isBlack: allBlack };
    links.add(link);
    const upstream = connect(Number(new URL(target).port), 'localhost');
    join(client, upstream, link);
    join(upstream, client, link);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    goBlack(isBlack) {
      allBlack = isBlack;
      links.forEach((link) => (link.isBlack ||= isBlack));
    },
    blackenSockets: () =>
      [...links].filter(({ isWebSocket }) => isWebSocket).forEach((link) => (link.isBlack = true)),
    close() {
      server.close();
      ends.forEach((end) => end.destroy());
    },
  };
}
