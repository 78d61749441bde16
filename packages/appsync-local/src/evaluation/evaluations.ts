import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { HandlerName } from '../runtime/check/exports.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import type { CodeEvaluation } from '../runtime/evaluator.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import type { Javascript } from '../runtime/javascript.ts';
import type { MockContext } from '../runtime/mock-context.ts';
import { startChild } from './child-process.ts';
import { EvaluationStopped } from './evaluation-stopped.ts';
import type { EvaluationAnswer, EvaluationRequest } from './messages.ts';

/** Evaluates single handlers with mocked data, in a separate process. */
export interface Evaluations {
  /** @throws CodeRefused when AppSync would refuse the code, EvaluationStopped when it exceeded a limit */
  evaluate(code: string, handler: HandlerName, context: MockContext): Promise<CodeEvaluation>;
  /** Ends the process. */
  close(): void;
}

export interface EvaluationsOptions {
  /** The folder of the bundle that the server runs from. @default a new one, made of the sources */
  bundle?: string | undefined;
  /** Milliseconds for one evaluation, including the check of its code. AppSync does not publish its limit. @default 10000 */
  limitMs?: number;
  /** Megabytes for the process's objects. @default 256 */
  memoryMb?: number;
  /** The meaning of JavaScript. @default 'appsync', as AWS was seen to run it */
  javascript?: Javascript | undefined;
}

/**
 * Uses one process, started at the first evaluation and kept for later ones, which take turns. An evaluation that exceeds its
 * time or memory ends the process; the next evaluation starts a new one.
 */
export function openEvaluations({
  bundle,
  limitMs = 10_000,
  memoryMb = 256,
  javascript = DEFAULT_JAVASCRIPT,
}: EvaluationsOptions = {}): Evaluations {
  let child: Promise<EvaluationProcess> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (request: EvaluationRequest): Promise<EvaluationAnswer> => {
    child ??= startChild(bundle, memoryMb, javascript).then((started) => EvaluationProcess.ready(started));
    try {
      return await (await child).ask(request, limitMs);
    } catch (error) {
      child = undefined;
      throw error;
    }
  };

  return {
    async evaluate(code, handler, context) {
      const turn = last.then(() => ask({ code, handler, context }));
      last = turn.catch(() => undefined);
      return evaluationOf(await turn);
    },
    close() {
      void child?.then(
        (running) => running.kill(),
        () => undefined,
      );
    },
  };
}

function evaluationOf(answer: EvaluationAnswer): CodeEvaluation {
  switch (answer.kind) {
    case 'evaluated':
      return answer.evaluation;
    case 'refused':
      throw new CodeRefused('EvaluateCode', answer.problems);
    case 'failed':
    case 'ready':
      throw new Error(`the process that evaluates code answered: ${JSON.stringify(answer)}`);
  }
}

/** AppSync's words for data sources and requests that take too long (`Execution timed out.`); those for evaluations are unknown. */
const TIMED_OUT = 'Execution timed out.';
const OUT_OF_MEMORY = 'The evaluation ran out of memory.';

/** The last characters of the process's standard error, which explain why it ended. */
const KEPT_ERROR_OUTPUT = 4000;

class EvaluationProcess {
  readonly #child: ChildProcess;
  #errorOutput = '';

  /** @throws Error when the process ends before it is ready */
  static async ready(child: ChildProcess): Promise<EvaluationProcess> {
    const running = new EvaluationProcess(child);
    await running.#answer();
    return running;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on('data', (data: Buffer) => {
      this.#errorOutput = (this.#errorOutput + data.toString()).slice(-KEPT_ERROR_OUTPUT);
    });
    // The server may exit without waiting for it.
    child.unref();
    child.channel?.unref();
    (child.stderr as unknown as { unref?(): void } | null)?.unref?.();
  }

  /** Evaluates one request at a time. @throws EvaluationStopped at the limit, Error when the process ends for another reason */
  async ask(request: EvaluationRequest, limitMs: number): Promise<EvaluationAnswer> {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.kill();
    }, limitMs);
    try {
      const answered = this.#answer();
      this.#child.send(request, (error) => error && this.kill());
      return await answered;
    } catch (error) {
      throw timedOut ? new EvaluationStopped(TIMED_OUT) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #answer(): Promise<EvaluationAnswer> {
    const listening = new AbortController();
    const { signal } = listening;
    try {
      return await Promise.race([
        once(this.#child, 'message', { signal }).then(([answer]) => answer as EvaluationAnswer),
        // By then its output has been read to the end.
        once(this.#child, 'close', { signal }).then(([code, by]) => {
          throw this.#ended(code as number | null, by as string | null);
        }),
      ]);
    } finally {
      listening.abort();
    }
  }

  #ended(code: number | null, signal: string | null): Error {
    if (/out of memory|allocation failed/i.test(this.#errorOutput)) {
      return new EvaluationStopped(OUT_OF_MEMORY);
    }
    const how = signal ?? `exit status ${code}`;
    return new Error(`the process that evaluates code ended (${how}): ${this.#errorOutput}`);
  }
}
