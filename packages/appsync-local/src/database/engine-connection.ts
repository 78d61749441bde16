import { connect, type Socket } from 'node:net';
import { unreachable } from './dynamodb-error.ts';
import { type Answer, ANSWER_TIMEOUT_MS } from './exchange.ts';

/** A request to send, and the callbacks that wait for its response. */
export interface Waiting {
  text: string;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Called when the connection becomes idle or closes. */
export interface Owner {
  idle(connection: EngineConnection): void;
  closed(connection: EngineConnection): void;
}

/** Responses are a few hundred bytes, a page up to a megabyte. */
const READ_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';
const STATUS = /^HTTP\/1\.1 (\d{3})/;
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const REQUEST_ID = /\r\nx-amzn-requestid: *([^\r]*)/i;

/** A persistent connection, for one request at a time. HTTP/1.1 (RFC 9112), only with responses that have a Content-Length. */
export class EngineConnection {
  readonly #socket: Socket;
  readonly #owner: Owner;
  readonly #buffer = Buffer.allocUnsafe(READ_BYTES);
  #waiting: Waiting | null = null;
  #failure: Error | null = null;
  /** The parts received so far of a response, and its size in bytes once known. */
  #parts: Buffer[] = [];
  #bytes = 0;
  #needed = 0;

  constructor({ hostname, port }: URL, owner: Owner, timeoutMs = ANSWER_TIMEOUT_MS) {
    this.#owner = owner;
    const callback = (bytes: number): boolean => this.#read(bytes);
    const onread = { buffer: this.#buffer, callback };
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true, onread });
    this.#socket.setTimeout(timeoutMs, () => this.#waiting && this.destroy(coded('ETIMEDOUT')));
    this.#socket.on('error', (error) => (this.#failure = error));
    this.#socket.on('close', () => this.#closed());
  }

  send(waiting: Waiting): void {
    this.#waiting = waiting;
    this.#socket.write(waiting.text);
  }

  destroy(error: Error): void {
    this.#socket.destroy(error);
  }

  #read(bytes: number): boolean {
    try {
      const answer = this.#parts.length === 0 ? this.#parse(this.#buffer, bytes) : this.#parseParts(bytes);
      if (answer) {
        this.#answer(answer);
      }
    } catch (error) {
      this.destroy(error as Error);
    }
    return true;
  }

  #parseParts(bytes: number): Answer | null {
    this.#keep(bytes);
    return this.#bytes < this.#needed ? null : this.#parse(Buffer.concat(this.#parts), this.#bytes);
  }

  /** @returns null while the response is incomplete. @throws Error with code EPROTO for any other kind of response */
  #parse(buffer: Buffer, bytes: number): Answer | null {
    const headEnd = buffer.indexOf(HEAD_END, 0, 'latin1');
    // The rest of the buffer is left from an earlier response.
    if (headEnd < 0 || headEnd + HEAD_END.length > bytes) {
      return this.#incomplete(buffer, bytes, 0);
    }
    const head = buffer.toString('latin1', 0, headEnd);
    const status = STATUS.exec(head);
    const length = LENGTH.exec(head);
    if (!status || !length || !this.#waiting) {
      throw coded('EPROTO');
    }
    const start = headEnd + HEAD_END.length;
    const end = start + Number(length[1]);
    if (bytes < end) {
      return this.#incomplete(buffer, bytes, end);
    }
    if (bytes > end) {
      throw coded('EPROTO');
    }
    const statusCode = Number(status[1]);
    const requestId = statusCode === 200 ? '' : (REQUEST_ID.exec(head)?.[1] ?? '');
    return { statusCode, requestId, head, body: buffer.toString('utf8', start, end) };
  }

  #incomplete(buffer: Buffer, bytes: number, needed: number): null {
    if (buffer === this.#buffer) {
      this.#keep(bytes);
    }
    this.#needed = needed;
    return null;
  }

  #keep(bytes: number): void {
    this.#parts.push(Buffer.from(this.#buffer.subarray(0, bytes)));
    this.#bytes += bytes;
  }

  #answer(answer: Answer): void {
    const waiting = this.#waiting!;
    this.#waiting = null;
    this.#parts = [];
    this.#bytes = 0;
    this.#owner.idle(this);
    waiting.resolve(answer);
  }

  #closed(): void {
    this.#owner.closed(this);
    this.#waiting?.reject(unreachable(this.#failure ?? coded('ECONNRESET')));
    this.#waiting = null;
  }
}

const coded = (code: string): Error => Object.assign(new Error(code), { code });
