import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { print, type DocumentNode } from 'graphql';
import { bundleDirectory } from '../ground/bundle.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { checkRequestOptions, checkStartOptions } from './given-options.ts';
import type {
  Caller,
  Document,
  GraphQLResult,
  RequestOptions,
  Server,
  StartOptions,
  TokenOptions,
} from './library.types.ts';
import type { Answer, FromServer, Started, ThreadData, ToServer } from './messages.ts';

const PROGRAM = 'server-thread.js';

/** Starts a server in a thread of its own. @throws StartFailure with the reason in one line; TypeError for invalid options */
export async function startServer(options: StartOptions): Promise<Server> {
  checkStartOptions(options);
  const workerData = threadDataOf(options);
  const program = join(await bundleDirectory(), PROGRAM);
  const thread = new ServerThread(new Worker(program, { workerData, execArgv: [] }), options.log);
  return serverOf(thread, await thread.started);
}

/** @throws TypeError for options that contradict each other */
function threadDataOf({ data, memory = data === undefined, ...options }: StartOptions): ThreadData {
  if (memory && data !== undefined) {
    throw new TypeError('memory: true keeps no data, so it cannot be combined with data');
  }
  if (!memory && data === undefined) {
    throw new TypeError('memory: false needs data, the folder to keep it in');
  }
  if (options.app !== undefined && options.template !== undefined) {
    throw new TypeError('app and template each name the app to run; pass one of them');
  }
  return {
    port: options.port ?? 0,
    host: options.host,
    dataDirectory: data,
    reset: options.reset ?? false,
    assembly: options.app,
    template: options.template,
    parameters: new Map(Object.entries(options.parameters ?? {})),
    environmentFile: options.envFile,
    apiLogicalId: options.api,
    strict: options.strict,
    dynamoDbEndpoint: options.dynamodbEndpoint,
    endpoints: new Map(Object.entries(options.endpoints ?? {})),
    javascript: options.javascript,
    timing: options.timing,
    recorder: options.recorder,
    expirySweepMs: options.expirySweepMs,
  };
}

/** A server, seen from the thread that started it. */
class ServerThread {
  /** @throws StartFailure with the reason in one line */
  readonly started: Promise<Started>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #log: (line: string) => void;
  readonly #waiting = new Map<number, (answer: Answer | Error) => void>();
  #asked = 0;
  /** Why it no longer answers. */
  #reason: string | undefined;
  #settleStart!: (outcome: Started | Error) => void;

  constructor(worker: Worker, log: (line: string) => void = () => undefined) {
    this.#worker = worker;
    this.#log = log;
    this.started = new Promise((resolve, reject) => {
      this.#settleStart = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
    });
    this.#ended = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: FromServer) => this.#take(message));
    worker.on('error', (error: Error) => this.#stop([error.stack ?? error.message]));
    void this.#ended.then(() => this.#stop(['the server has been closed']));
  }

  /** @throws Error when it has ended */
  async ask(request: Omit<Extract<ToServer, { kind: 'request' }>, 'kind' | 'id'>): Promise<Answer> {
    if (this.#reason !== undefined) {
      throw new Error(this.#reason);
    }
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<Answer | Error>((resolve) => this.#waiting.set(id, resolve));
    this.#send({ kind: 'request', id, ...request });
    const answer = await answered;
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  close(): Promise<void> {
    this.#send({ kind: 'close' });
    return this.#ended;
  }

  #send(message: ToServer): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromServer): void {
    switch (message.kind) {
      case 'started':
        this.#settleStart(message.started);
        return;
      case 'refused':
        this.#stop(message.reasons);
        return;
      case 'failed':
        this.#stop([message.reason]);
        return;
      case 'line':
        this.#log(message.line);
        return;
      case 'answer':
        this.#waiting.get(message.id)?.(message.answer);
        this.#waiting.delete(message.id);
    }
  }

  /** Keeps the first reason; later ones follow from it. */
  #stop(reasons: readonly string[]): void {
    const failure = new StartFailure(reasons);
    this.#reason ??= failure.message;
    this.#settleStart(failure);
    for (const settle of this.#waiting.values()) {
      settle(new Error(this.#reason));
    }
    this.#waiting.clear();
  }
}

function serverOf(thread: ServerThread, { modes, ...started }: Started): Server {
  const server: Server = {
    ...started,

    async graphql<Data>(
      document: Document,
      variables?: Record<string, unknown>,
      options: RequestOptions = {},
    ) {
      checkRequestOptions(options);
      const { as = usualCaller(modes), headers = {}, operationName } = options;
      const credentials = await credentialsOf(as, server);
      const { body } = await thread.ask({
        init: {
          path: '/graphql',
          headers: { 'content-type': 'application/json', ...credentials, ...headers },
          body: JSON.stringify({ query: textOf(document), variables, operationName }),
        },
        sign: as === 'iam',
      });
      return JSON.parse(body) as GraphQLResult<Data>;
    },

    async token(options) {
      const { status, body } = await thread.ask({
        init: {
          path: '/_local/token',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(options),
        },
        sign: false,
      });
      const { token, errors } = JSON.parse(body) as { token?: string; errors?: { message: string }[] };
      if (token === undefined) {
        throw new Error(errors?.[0]?.message ?? `the server answered ${status}`);
      }
      return token;
    },

    close: () => thread.close(),
  };
  return server;
}

/** @throws Error for an API that takes neither */
function usualCaller(modes: Started['modes']): Caller {
  if (modes.includes('API_KEY')) {
    return 'apiKey';
  }
  if (modes.includes('AWS_IAM')) {
    return 'iam';
  }
  throw new Error(`the API takes ${modes.join(' and ')}; name the caller, such as { as: { user: 'alice' } }`);
}

async function credentialsOf(as: Caller, { apiKey, token }: Server): Promise<Record<string, string>> {
  if (as === 'apiKey') {
    return { 'x-api-key': apiKey ?? '' };
  }
  if (as === 'iam') {
    return {}; // the thread signs the request
  }
  return { authorization: 'token' in as ? as.token : await token(as satisfies TokenOptions) };
}

/** @throws TypeError for what is no document, such as an import that is missing */
function textOf(document: Document): string {
  if (typeof document === 'string') {
    return document;
  }
  if (typeof document !== 'object' || document === null) {
    throw new TypeError(`the document must be text or the result of gql, not ${String(document)}`);
  }
  // The client preset of GraphQL Code Generator writes documents without `loc`; those of `documentMode: 'string'` are String objects.
  const source = document.loc?.source.body;
  return source ?? ('kind' in document ? print(document as unknown as DocumentNode) : String(document));
}
