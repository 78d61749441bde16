/** The program of the process that is kept warm: runs the CDK app, and what makes its sources, again and again. */
import { Bundles } from './bundles.ts';
import { clearAssetCache } from './clear-asset-cache.ts';
import { registerLoaders } from './loaders.ts';
import { END_OF_ERRORS } from './messages.ts';
import type { GoOn, RunRequest, SynthesisMessage } from './messages.ts';
import { runProgram } from './run-program.ts';

const directory = process.cwd();
const bundles = new Bundles(directory);
let loading: Promise<void> | undefined;

const tell = (message: SynthesisMessage): void => void process.send!(message);

async function take({ run, programs, environment, changed, filesCameOrWent }: RunRequest): Promise<void> {
  loading ??= registerLoaders(programs);
  await loading;
  const areSources = !filesCameOrWent && changed.every((path) => bundles.hasSource(path));
  const code = await bundles.refresh(filesCameOrWent);
  if (areSources && code.length > 0) {
    tell({ kind: 'rebuilt', run, code });
    await allowed(run);
  }
  setEnvironment(environment);
  bundles.begin();
  let lastBegan = 0;
  for (const [index, program] of programs.entries()) {
    clearAssetCache();
    process.chdir(directory); // the program before may have left it
    if (index > 0) {
      await bundles.refresh(false); // what the program before has generated
    }
    lastBegan = Date.now();
    const output = await runProgram(program, run);
    if (output !== undefined) {
      process.stderr.write(END_OF_ERRORS);
      return ended({ kind: 'ended', run, failure: { program: index, output }, lastBegan });
    }
  }
  bundles.end();
  ended({ kind: 'ended', run, lastBegan });
  bundles.prepare();
}

/** Milliseconds after which it goes on by itself. */
const MOST_WAITED_MS = 1_000;

/**
 * Waits until the server has taken in the code: a Lambda function that is loading would otherwise share the processors with a synthesis,
 * which nobody waits for.
 */
function allowed(run: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      process.off('message', hear);
      resolve();
    };
    const hear = (message: RunRequest | GoOn): void => {
      if ('kind' in message && message.run === run) {
        end();
      }
    };
    const timer = setTimeout(end, MOST_WAITED_MS);
    process.on('message', hear);
  });
}

const ended = (message: Omit<Extract<SynthesisMessage, { kind: 'ended' }>, 'heapMb'>): void =>
  tell({ ...message, heapMb: Math.round(process.memoryUsage().heapUsed / 2 ** 20) });

function setEnvironment(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in environment)) {
      delete process.env[name];
    }
  }
  Object.assign(process.env, environment);
}

process.on('message', (message: RunRequest | GoOn) => {
  if (!('kind' in message)) {
    void take(message);
  }
});
process.on('disconnect', () => process.exit());
