import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ServerProcess, startServer } from '../../harness/port-target.ts';

/** The running server as a client's author knows it. */
export interface ServerForClients {
  /** `http://localhost:PORT`. */
  origin(): string;
  /** `http://localhost:PORT/graphql`. */
  graphqlUrl(): string;
  /** Certificate of the authority that `https://` and `wss://` are to be trusted by. */
  caFile(): string;
  /** A token of this server. @param provider default: Cognito */
  token(user: string, provider?: 'cognito' | 'oidc'): Promise<string>;
  /** Ends the server (by default in order) and starts it again on the same port with the same data. */
  restart(whileDown: () => Promise<void>, signal?: NodeJS.Signals): Promise<void>;
  /** Where its DynamoDB listens; another port after each start. */
  dynamoDbUrl(): string;
}

/**
 * The server as people start it, for all tests of a file.
 * @param args more options, such as `--app DIR`
 */
export function serverForClients(...args: string[]): ServerForClients {
  let directory: string;
  let server: ServerProcess;
  const startOn = async (port: string): Promise<void> => {
    server = await startServer(['--port', port, '--data', directory, ...args]);
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'clients-'));
    return startOn('0');
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  return {
    origin: () => server.origin,
    graphqlUrl: () => `${server.origin}/graphql`,
    caFile: () => join(directory, 'tls', 'ca.pem'),
    async token(user, provider) {
      const response = await fetch(`${server.origin}/_local/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user, provider }),
      });
      return ((await response.json()) as { token: string }).token;
    },
    dynamoDbUrl: () => /^DynamoDB URL +(\S+)/m.exec(server.output)![1]!,
    async restart(whileDown, signal) {
      const { port } = new URL(server.origin);
      await server.stop(signal);
      await whileDown();
      await startOn(port);
    },
  };
}
