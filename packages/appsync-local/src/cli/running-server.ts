import { DEFAULT_PORT } from '../ground/local-credentials.ts';
import { isUsage, usageLine } from './command-failure.ts';

/** What `--port` is without the option. */
export const defaultPort = (): string => process.env.PORT ?? String(DEFAULT_PORT);

/** @throws Error for what is no port */
export function checkPort(port: string): void {
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`--port (or PORT) must be a number from 1 to 65535, not "${port}"`);
  }
}

/** Asks the local server on a port of this machine. @throws Error that says what to do when none answers */
export async function askServer(port: string, path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(`http://localhost:${port}${path}`, init);
  } catch {
    throw new Error(
      `no local server answers on port ${port}; start one with npx appsync-local, or pass --port N`,
    );
  }
}

/** What an answer has that refuses. */
interface Refusal {
  errors?: { message: string; errorType?: string }[];
}

/** The JSON of an answer. Any program may listen on the port. @throws Error when it is not a local server's */
export async function answerOf<Answer>(response: Response, port: string): Promise<Answer & Refusal> {
  try {
    return (await response.json()) as Answer & Refusal;
  } catch {
    throw new Error(
      `the program that answers on port ${port} is not a local server; pass the server's port with --port N`,
    );
  }
}

/**
 * Asks the local server for something that it only has while it records.
 * @param missing what it lacks without recording, as a sentence: `the server records no lines`
 * @returns an answer whose status is one of success
 * @throws Error in the server's words
 */
export async function askRecording(port: string, path: string, missing: string): Promise<Response> {
  const response = await askServer(port, path);
  if (response.ok) {
    return response;
  }
  const { errors: [error] = [] } = await answerOf<Refusal>(response, port);
  throw error?.errorType === 'UnknownOperationException'
    ? new Error(`${missing}: it was started with --no-recorder, or by a test suite`)
    : new Error(error?.message ?? `the server answered ${response.status}`);
}

/** Milliseconds between two looks of --follow: soon enough for people. */
export const LOOK_MS = 500;

/**
 * Ends a command that a running server did not serve: says why on one line, without a stack, with exit code 1.
 * @param command whose `--help` explains options
 */
export function endUnserved(error: Error, command: string): void {
  console.error(isUsage(error) ? usageLine(error, command) : error.message);
  process.exitCode = 1;
}
