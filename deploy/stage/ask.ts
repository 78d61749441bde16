import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { DeployFailure } from '../deploy-failure.ts';

/** The variable that stands in for a person who types a password. */
export const PASSWORD = 'STAGE_PASSWORD';

/** @throws DeployFailure where nobody can be asked and `STAGE_PASSWORD` is not set */
export const askPassword = (question: string): Promise<string> =>
  Promise.resolve(process.env[PASSWORD] || askHidden(question, PASSWORD));

/**
 * Asks on the terminal, on standard error, and shows nothing of what is typed.
 * @param variable what to set instead, for the message
 * @throws DeployFailure without a terminal, and after Ctrl-C or Ctrl-D
 */
export async function askHidden(question: string, variable?: string): Promise<string> {
  if (!process.stdin.isTTY) {
    const instead = variable === undefined ? '' : `, and ${variable} is not set`;
    throw new DeployFailure(`there is no terminal here to ask for the ${question.toLowerCase()}${instead}`);
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // The terminal shows what is typed until the interface is there.
  process.stderr.write(`${question}: `);
  try {
    return await lines.question('');
  } catch (error) {
    throw (error as Error).name === 'AbortError'
      ? new DeployFailure(`stopped: no ${question.toLowerCase()} was given`)
      : error;
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
