import { fileURLToPath } from 'node:url';
import {
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';

interface Script {
  scriptId: string;
  url: string;
  sourceMapURL?: string;
}

interface Paused {
  callFrames: {
    callFrameId: string;
    location: { scriptId: string; lineNumber: number; columnNumber: number };
  }[];
}

/** A debugger of Node.js, as far as editors go: breakpoints in sources, by the source maps of scripts. */
export class Debugger {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (result: never) => void>();
  readonly #scripts = new Map<string, { script: Script; map: TraceMap }>();
  #paused: ((event: Paused) => void) | undefined;

  /** Connects to an address such as `127.0.0.1:9229`, and hears of every script that there is. */
  static async connect(address: string): Promise<Debugger> {
    const targets = (await (await fetch(`http://${address}/json/list`)).json()) as {
      webSocketDebuggerUrl: string;
    }[];
    const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
    onTestFinished(() => socket.terminate());
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const client = new Debugger(socket);
    await client.send('Debugger.enable');
    return client;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as Message));
  }

  send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = this.#answers.size + 1;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  /** Stops code at a line of a source file. */
  async breakAt(file: string, line: number): Promise<void> {
    for (const { script, map } of this.#scripts.values()) {
      const source = map.resolvedSources.find(
        (url) => url?.startsWith('file:') && fileURLToPath(url) === file,
      );
      if (source) {
        const at = generatedPositionFor(map, { source, line, column: 0, bias: LEAST_UPPER_BOUND });
        const location = { scriptId: script.scriptId, lineNumber: at.line! - 1, columnNumber: at.column! };
        await this.send('Debugger.setBreakpoint', { location });
        return;
      }
    }
    throw new Error(`no script has a source map with ${file}`);
  }

  /** The place in the sources where the code stops next, and how to look at it there. */
  async paused(): Promise<{ file: string; line: number; value(expression: string): Promise<unknown> }> {
    const { callFrames } = await new Promise<Paused>((resolve) => (this.#paused = resolve));
    const { callFrameId, location } = callFrames[0]!;
    const { map } = this.#scripts.get(location.scriptId)!;
    const place = { line: location.lineNumber + 1, column: location.columnNumber };
    const { source, line } = originalPositionFor(map, place);
    return {
      file: fileURLToPath(source!),
      line: line!,
      value: async (expression) => {
        const params = { callFrameId, expression, returnByValue: true };
        const answer = await this.send<{ result: { value: unknown } }>(
          'Debugger.evaluateOnCallFrame',
          params,
        );
        return answer.result.value;
      },
    };
  }

  resume(): Promise<unknown> {
    return this.send('Debugger.resume');
  }

  #take({ id, result, error, method, params }: Message): void {
    if (error) {
      throw new Error(`the inspector refuses: ${error.message}`);
    }
    if (id !== undefined) {
      this.#answers.get(id)!(result as never);
    } else if (method === 'Debugger.scriptParsed') {
      const script = params as Script;
      const [, encoded] = /^data:application\/json[^,]*;base64,(.*)$/.exec(script.sourceMapURL ?? '') ?? [];
      if (encoded !== undefined) {
        const map = new TraceMap(Buffer.from(encoded, 'base64').toString());
        this.#scripts.set(script.scriptId, { script, map });
      }
    } else if (method === 'Debugger.paused') {
      this.#paused?.(params as Paused);
    }
  }
}

interface Message {
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: unknown;
}
