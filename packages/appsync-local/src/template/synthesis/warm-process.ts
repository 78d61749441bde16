import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { END_OF_ERRORS } from './warm/messages.ts';
import type { GoOn, RebuiltCode, RunRequest, SynthesisMessage } from './warm/messages.ts';

/** In the bundle (build/compile.mjs). */
const PROGRAM = 'synthesis-process.js';

/** Each run leaves some memory behind, as Node.js forgets no ES module; beyond this the next run begins in a new process. */
const MOST_HEAP_MB = 1_024;

/** How a run ended. */
type Outcome = Pick<Extract<SynthesisMessage, { kind: 'ended' }>, 'failure' | 'lastBegan'>;

/** A process with the CDK and the app's packages loaded, in which programs of a project run again and again. */
export class WarmProcess {
  readonly #bundle: string;
  readonly #directory: string;
  #child: ChildProcess | undefined;
  #runs = 0;
  #heapMb = 0;
  /** What programs that the app has started have written, such as esbuild for NodejsFunction; what the app prints is in the messages. */
  #errors = '';

  /**
   * @param bundle the folder of the bundle that the server runs from
   * @param directory of the project
   */
  constructor(bundle: string, directory: string) {
    this.#bundle = bundle;
    this.#directory = directory;
  }

  /** Whether the next run begins in a process that has everything loaded. */
  get isWarm(): boolean {
    return this.#child !== undefined && this.#heapMb <= MOST_HEAP_MB;
  }

  /**
   * Runs programs one after the other, until one fails. Call it again only after it has settled.
   * @param rebuilt called first when only sources of bundles have changed, with the code that differs; the programs run when it has ended
   */
  async run(
    request: Omit<RunRequest, 'run'>,
    rebuilt: (code: RebuiltCode[]) => Promise<void>,
  ): Promise<Outcome> {
    if (!this.isWarm) {
      this.close();
    }
    const child = (this.#child ??= this.#start());
    this.#runs += 1;
    const run = this.#runs;
    this.#errors = '';
    return new Promise((resolve) => {
      const settle = (outcome: Outcome): void => {
        child.off('message', take).off('exit', lost);
        resolve(outcome);
      };
      const take = (message: SynthesisMessage): void => {
        if (message.kind === 'rebuilt') {
          const goOn = (): void => {
            if (child.connected) {
              child.send({ kind: 'go-on', run } satisfies GoOn);
            }
          };
          rebuilt(message.code).then(goOn, goOn);
          return;
        }
        this.#heapMb = message.heapMb;
        void this.#withErrors(message, child).then(settle);
      };
      const lost = (code: number | null, signal: string | null): void => {
        this.#child = undefined;
        const output = `the process ended with ${signal ?? `exit code ${code}`}`;
        settle({ failure: { program: request.programs.length - 1, output }, lastBegan: 0 });
      };
      child.on('message', take).on('exit', lost);
      child.send({ ...request, run } satisfies RunRequest);
    });
  }

  close(): void {
    this.#child?.kill();
    this.#child = undefined;
    this.#heapMb = 0;
  }

  /** The message may arrive before what was written earlier. */
  async #withErrors({ failure, lastBegan }: Outcome, child: ChildProcess): Promise<Outcome> {
    if (failure === undefined) {
      return { lastBegan };
    }
    while (!this.#errors.includes(END_OF_ERRORS) && child.exitCode === null && child.signalCode === null) {
      await Promise.race([once(child.stderr!, 'data'), once(child, 'exit')]);
    }
    const errors = this.#errors.replace(END_OF_ERRORS, '');
    return { failure: { ...failure, output: `${errors}${failure.output}` }, lastBegan };
  }

  #start(): ChildProcess {
    const child = fork(join(this.#bundle, PROGRAM), {
      cwd: this.#directory,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.resume();
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    child.on('error', () => undefined);
    return child;
  }
}
