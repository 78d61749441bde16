import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProofFailure } from '../proof-failure.ts';

/** A running MiniStack, which others on the network cannot reach. */
export interface MiniStack {
  url: string;
  close(): Promise<void>;
}

const START_ATTEMPTS = 120;
const ATTEMPT_MS = 250;

/**
 * MiniStack 1.5.33 imports AWS::DynamoDB::Table into a stack, and no GlobalTable, which is the same table to it. Started by this it imports
 * both; everything else is as it comes.
 */
const IMPORTING = `
from ministack.services.cloudformation import changesets, provisioners
TABLE, GLOBAL = "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"
changesets._IMPORT_LOOKUPS[GLOBAL] = changesets._IMPORT_LOOKUPS[TABLE]
handlers = provisioners._RESOURCE_HANDLERS
handlers[GLOBAL]["import"] = handlers[TABLE]["import"]
from ministack.app import main
main()
`;

/** @param directory its working directory, for what it writes @throws ProofFailure when it does not start within half a minute */
export async function startMiniStack(program: string, directory: string): Promise<MiniStack> {
  const port = await freePort();
  const env = { ...process.env, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) };
  const python = join(dirname(program), 'python3');
  const child = spawn(python, ['-c', IMPORTING], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.on('data', (data: Buffer) => said.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    child.kill();
    await ended;
  };
  for (let attempt = 0; attempt < START_ATTEMPTS && child.exitCode === null; attempt += 1) {
    if (await answers(url)) {
      return { url, close };
    }
    await sleep(ATTEMPT_MS);
  }
  await close();
  throw new ProofFailure(`MiniStack did not start:\n${said.join('').slice(-2000)}`);
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
