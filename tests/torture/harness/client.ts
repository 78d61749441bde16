import type { ApiTarget } from '../../../packages/appsync-local/tests/harness/target.ts';
import { type Caller, type CallerName, callersOf } from './callers.ts';
import { type Answer, answerOf, type Judge } from './judge.ts';
import { inTime } from './patience.ts';

/** Asks an API as any of its callers, and has every answer judged. */
export class Client {
  readonly target: ApiTarget;
  readonly callers: readonly Caller[];
  readonly #judge: Judge;

  constructor(target: ApiTarget, judge: Judge) {
    this.target = target;
    this.callers = callersOf(target);
    this.#judge = judge;
  }

  caller(name: CallerName): Caller {
    return this.callers.find((caller) => caller.name === name)!;
  }

  /** @throws Error when no answer comes */
  ask(caller: Caller, query: string, variables?: object): Promise<Answer> {
    return this.send(caller, JSON.stringify({ query, variables }));
  }

  /** A body as it is. @throws Error when no answer comes */
  async send(caller: Caller, body: string): Promise<Answer> {
    const answer = await this.exchange(caller, body);
    this.#judge.judge(answer, caller.name, body);
    return answer;
  }

  /** Without judging the answer: whoever asks has disturbed the server. @throws Error when no answer comes */
  async exchange(caller: Caller, body: string): Promise<Answer> {
    const headers = await this.target.headersFor(await caller.credentials(), body);
    const { status, body: text } = await inTime(
      this.target.post(body, headers),
      `an answer to ${body.slice(0, 200)}`,
    );
    return answerOf(status, text);
  }
}
