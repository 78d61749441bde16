import { randomFrom } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { freePort } from '../../../../packages/appsync-local/tests/server/harness/free-port.ts';
import type { CallerName } from '../../harness/callers.ts';
import { Client } from '../../harness/client.ts';
import { Judge } from '../../harness/judge.ts';
import { Listener } from '../../harness/listener.ts';
import { Marks } from '../../harness/marks.ts';
import { eventually } from '../../harness/patience.ts';
import type { Part, Torture } from '../../part.ts';
import { Feed, keyOf } from './feed.ts';
import { History } from './history.ts';
import { type Kill, kills, type Stage } from './kills.ts';
import { operationsOf } from './operations.ts';
import { compareTables } from './tables.ts';
import { Views } from './views.ts';
import { Writer } from './writer.ts';

const WRITERS: CallerName[] = ['key', 'key', 'alice', 'alice', 'bob', 'admin', 'iam', 'key'];
/** Writes acknowledged before a kill, and after it, so that it comes in the middle of things. */
const FEWEST = 30;
const FOLLOW = 'subscription { onItemChange { id order } }';

/** kill -9 of the server, its engine and its Lambda functions while eight clients write. */
export const durability: Part = {
  name: 'durability',
  says: 'kill -9 of server, engine and Lambda functions under load: what was acknowledged is there, and told',
  async run(torture) {
    const { ground, random, rounds, findings } = torture;
    const [port, data] = [await freePort(), ground.newPath('durability')];
    const stage: Stage = { ground, random, port, data, victim: await ground.serve({ port, data }) };
    const run = new Run(torture, stage);
    try {
      for (const round of rounds(kills.length)) {
        await run.round(kills[round % kills.length]!);
        // What is lost is waited for in each round anew, and found.
        if (findings.timesOf('lost') > 0) {
          break;
        }
      }
      await run.finish();
    } finally {
      run.close();
    }
    await run.restart();
    const code = await stage.victim.stop();
    if (code !== 0) {
      findings.problem('wrong', `the server ends with ${code} after SIGTERM`, stage.victim.log);
    }
  },
};

class Run {
  readonly #stage: Stage;
  readonly #torture: Torture;
  readonly #client: Client;
  readonly #history = new History();
  readonly #feed: Feed;
  readonly #views: Views; // part: live-items
  readonly #writers: Writer[];
  #acknowledged = 0;
  #isDisturbed = false;

  constructor(torture: Torture, stage: Stage) {
    const { findings, random } = torture;
    this.#torture = torture;
    this.#stage = stage;
    this.#client = new Client(stage.victim.target, new Judge(findings, new Marks('durability')));
    this.#feed = new Feed(this.#client, this.#client.caller('iam'), findings);
    this.#views = new Views(`${stage.victim.origin}/graphql`); // part: live-items
    this.#writers = WRITERS.map((name, index) => {
      const caller = this.#client.caller(name);
      const ownership = { prefix: `w${index}`, owner: caller.owner };
      return new Writer({
        client: this.#client,
        caller,
        next: operationsOf(ownership, this.#history, randomFrom(random.below(2 ** 32))),
        history: this.#history,
        findings,
        isDisturbed: () => this.#isDisturbed,
        onAcknowledged: () => (this.#acknowledged += 1),
      });
    });
  }

  /** Writes, kills, writes on, and looks whether everything is there. */
  async round(kill: Kill): Promise<void> {
    const { findings, random } = this.#torture;
    const heard = new Set<string>();
    const listener = await this.#listen(heard);
    let isOver = false;
    const writing = Promise.all(this.#writers.map((writer) => writer.writeUntil(() => isOver)));
    // Whoever fails is told of below; until then it must not end the process.
    writing.catch(() => (isOver = true));
    try {
      await this.#acknowledge(FEWEST + random.below(4 * FEWEST), () => isOver);
      this.#isDisturbed = true;
      await kill.run(this.#stage);
      findings.count('kills');
      findings.count(`of ${kill.name}`);
      await this.#acknowledge(FEWEST, () => isOver);
    } finally {
      isOver = true;
      await writing;
      this.#isDisturbed = false;
    }
    const logged = await this.#feed.compareWith(this.#history);
    if (!kill.endsServer) {
      await this.#compareHeard(kill, logged, heard);
    }
    listener.close();
  }

  /** Compares everything at rest. */
  async finish(): Promise<void> {
    const { findings } = this.#torture;
    await compareTables(this.#stage.victim.printed('DynamoDB URL'), this.#history, findings);
    await this.#views.compareWith(this.#history, findings); // part: live-items
  }

  /** An orderly stop, and a start after which everything is still there. */
  async restart(): Promise<void> {
    const { ground, port, data, victim } = this.#stage;
    await victim.stop();
    this.#stage.victim = await ground.serve({ port, data });
    await compareTables(this.#stage.victim.printed('DynamoDB URL'), this.#history, this.#torture.findings);
  }

  close(): void {
    this.#views.stop(); // part: live-items
  }

  async #listen(heard: Set<string>): Promise<Listener> {
    const listener = await Listener.open(
      this.#client.target,
      this.#client.caller('iam'),
      ({ type, payload }) => {
        if (type !== 'data') {
          return;
        }
        heard.add(keyOf(payload!.data!['onItemChange'] as { id: string; order: string }));
      },
    );
    await listener.subscribe('1', FOLLOW);
    return listener;
  }

  async #acknowledge(count: number, isOver: () => boolean): Promise<void> {
    const enough = this.#acknowledged + count;
    if (await eventually(() => isOver() || this.#acknowledged >= enough)) {
      return;
    }
    throw new Error(`no ${count} writes are acknowledged any more`);
  }

  /** The connection stayed open, so that everything must have been told over it. */
  async #compareHeard(kill: Kill, logged: readonly string[], heard: ReadonlySet<string>): Promise<void> {
    const unheard = (): string[] => logged.filter((key) => !heard.has(key));
    await eventually(() => unheard().length === 0);
    const { findings } = this.#torture;
    for (const key of unheard()) {
      findings.problem('lost', `a subscriber was not told of a change, around a kill of ${kill.name}`, key);
    }
    findings.count('changes heard', heard.size);
  }
}
