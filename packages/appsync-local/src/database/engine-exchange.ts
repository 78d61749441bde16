import { unreachable } from './dynamodb-error.ts';
import { EngineConnection, type Owner, type Waiting } from './engine-connection.ts';
import { CONNECTIONS, type Exchange } from './exchange.ts';

/**
 * Connects to the embedded engine over connections of our own, writing each request as one text. A general HTTP client takes a
 * tenth of a put's CPU (measured 2026-11-28, docs/adr/0017).
 *
 * @param timeoutMs for one response. @default 30 s
 */
export function engineExchange(endpoint: URL, timeoutMs?: number): Exchange {
  const open = new Set<EngineConnection>();
  const idle: EngineConnection[] = [];
  const queue: Waiting[] = [];
  const heads = new WeakMap<string[], string>();
  let stopping = false;

  const connect = (): EngineConnection => {
    const connection = new EngineConnection(endpoint, owner, timeoutMs);
    open.add(connection);
    return connection;
  };

  const owner: Owner = {
    idle(connection) {
      const next = queue.shift();
      if (next) {
        connection.send(next);
      } else {
        idle.push(connection);
      }
    },
    closed(connection) {
      open.delete(connection);
      const index = idle.indexOf(connection);
      if (index >= 0) {
        idle.splice(index, 1);
      }
      const next = queue.shift();
      if (next) {
        connect().send(next);
      }
    },
  };

  const headOf = (headers: string[]): string => {
    const known = heads.get(headers);
    if (known !== undefined) {
      return known;
    }
    const head = headText(endpoint, headers);
    heads.set(headers, head);
    return head;
  };

  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        if (stopping) {
          return reject(stopped());
        }
        const text = `${headOf(headers)}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
        const waiting = { text, resolve, reject };
        const connection = idle.pop() ?? (open.size < CONNECTIONS ? connect() : undefined);
        if (connection) {
          connection.send(waiting);
        } else {
          queue.push(waiting);
        }
      }),
    async close() {
      stopping = true;
      for (const { reject } of queue.splice(0)) {
        reject(stopped());
      }
      for (const connection of open) {
        connection.destroy(cancelled());
      }
    },
  };
}

function headText({ host }: URL, headers: string[]): string {
  let head = `POST / HTTP/1.1\r\nhost: ${host}\r\n`;
  for (let i = 0; i + 1 < headers.length; i += 2) {
    head += `${headers[i]}: ${headers[i + 1]}\r\n`;
  }
  return head;
}

const cancelled = (): Error => Object.assign(new Error('closed'), { code: 'ECANCELED' });
const stopped = (): Error => unreachable(cancelled());
