import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import type { Findings } from '../../findings.ts';
import { type Caller } from '../../harness/callers.ts';
import { Client } from '../../harness/client.ts';
import { type Answer, Judge, shortened } from '../../harness/judge.ts';
import { Marks } from '../../harness/marks.ts';
import type { Part } from '../../part.ts';
import { Coverage } from './coverage.ts';
import { type Loot, type Question, reads, referrerOf, writes } from './questions.ts';
import { bury, isMine, mayList, mayRead, type Treasure } from './treasure.ts';
import { tugOfWar } from './tug-of-war.ts';
import { Witnesses } from './witnesses.ts';

/** How many of the ways to ask are tried, by each caller and for each item. */
const SHARE = 0.7;
/** Tokens and cursors that are kept of everybody's answers. */
const KEPT = 50;

/** Every caller against every field that shows an item: who may see it does, and nobody else ever. */
export const callers: Part = {
  name: 'callers',
  says: 'every caller asks every field that shows an item for those of all others, and listens to every subscription',
  async run({ ground, random, rounds, findings }) {
    const victim = await ground.serve();
    const marks = new Marks('callers');
    const judge = new Judge(findings, marks);
    const client = new Client(victim.target, judge);
    guardOwners(marks);
    const coverage = new Coverage();
    const witnesses = await Witnesses.open(client, judge, findings, coverage);
    const matrix = new Matrix(client, findings, coverage, random);
    for (const _ of rounds(1)) {
      const treasures = await bury(client, marks, random);
      await matrix.ask(treasures);
      await tugOfWar(client, marks, findings, random);
      await matrix.checkUntouched(treasures);
      await witnesses.compareWith(treasures, findings);
      await matrix.remove(treasures);
    }
    // Nothing can leak to those who may read everything.
    coverage.check(
      client.callers.filter(({ isUnrestricted }) => !isUnrestricted),
      findings,
    );
    witnesses.close();
    await victim.stop();
  },
};

/** Whose an item is, is as private as the item. */
function guardOwners(marks: Marks): void {
  for (const name of ['alice', 'bob']) {
    for (const text of [`"owner":"${name}"`, `owner ${name}`, `belongs to ${name}`]) {
      marks.guard(text, name, 'admin', 'iam');
    }
  }
}

class Matrix {
  readonly #client: Client;
  readonly #findings: Findings;
  readonly #coverage: Coverage;
  readonly #random: Random;
  readonly #nextTokens: string[] = [];
  readonly #cursors: string[] = [];
  #round = 0;

  constructor(client: Client, findings: Findings, coverage: Coverage, random: Random) {
    this.#client = client;
    this.#findings = findings;
    this.#coverage = coverage;
    this.#random = random;
  }

  /** Everybody asks for everything, and writes over what is not its own. */
  async ask(treasures: readonly Treasure[]): Promise<void> {
    this.#round += 1;
    const tasks = this.#client.callers.flatMap((caller) =>
      treasures.map((treasure) => ({ caller, treasure })),
    );
    for (const { caller, treasure } of this.#random.shuffled(tasks)) {
      await this.#askFor(caller, treasure);
    }
  }

  /** What was refused must not have been done. */
  async checkUntouched(treasures: readonly Treasure[]): Promise<void> {
    const iam = this.#client.caller('iam');
    for (const treasure of treasures) {
      const answer = await this.#client.ask(
        iam,
        'query ($id: ID!) { getItem(id: $id) { version payload } }',
        {
          id: treasure.id,
        },
      );
      const item = answer.data?.['getItem'] as { version: number; payload: string } | null;
      if (item?.version !== treasure.version || !item.payload.includes(treasure.mark)) {
        this.#findings.problem(
          'lost',
          `an item of ${treasure.holder} was changed by somebody else`,
          `${JSON.stringify(treasure)}\n${answer.text}`,
        );
      }
    }
  }

  /** By their owners, which subscribers must be told of like any other change. */
  async remove(treasures: readonly Treasure[]): Promise<void> {
    const query = 'mutation ($input: DeleteItemInput!) { deleteItem(input: $input) { id payload } }';
    for (const caller of this.#client.callers) {
      // It may refer to an item of nobody, which then stays.
      const id = referrerOf(this.#ownIdOf(caller));
      await this.#client.ask(caller, query, { input: { id } });
    }
    for (const { id, holder } of treasures) {
      const caller = this.#client.caller(holder);
      const answer = await this.#client.ask(caller, query, { input: { id } });
      if (answer.errors.length > 0) {
        this.#findings.problem('wrong', `${holder} cannot delete its own item`, answer.text);
      }
    }
  }

  async #askFor(caller: Caller, treasure: Treasure): Promise<void> {
    const loot: Loot = {
      nextTokens: this.#nextTokens,
      cursors: this.#cursors,
      ownId: this.#ownIdOf(caller),
    };
    const all = reads(treasure, loot, this.#random);
    // Who may do everything would succeed, and change what others are to find.
    if (!isMine(caller, treasure)) {
      all.push(...writes(treasure, loot, this.#random));
    }
    for (const question of all) {
      if (this.#random.chance(SHARE)) {
        await this.#put(caller, treasure, question);
      }
    }
  }

  #ownIdOf({ name }: Caller): string {
    return `${name}-${this.#round}`;
  }

  async #put(caller: Caller, treasure: Treasure, question: Question): Promise<void> {
    const answer = await this.#client.ask(caller, question.query, question.variables);
    this.#coverage.tried(caller.name, question.field);
    this.#findings.count('questions about items');
    keep(this.#nextTokens, /"nextToken":"([^"]+)"/.exec(answer.text)?.[1]);
    keep(this.#cursors, /"cursor":"([^"]+)"/.exec(answer.text)?.[1]);
    this.#checkShown(caller, treasure, question, answer);
  }

  /** A matrix in which nobody sees anything would hold, too. */
  #checkShown(
    { name }: Caller,
    { holder, mark }: Treasure,
    question: Question,
    { text, data }: Answer,
  ): void {
    const { shows, field } = question;
    const isDue =
      shows === 'to readers' ? mayRead(name, holder) : shows === 'to listers' && mayList(name, holder);
    const isShown = JSON.stringify(data).includes(mark);
    this.#findings.count(isShown ? 'answers that showed an item' : 'answers that showed none');
    if (isDue && !isShown) {
      this.#findings.problem(
        'wrong',
        `${field} does not show ${name} an item of ${holder}`,
        `${JSON.stringify(question.variables)}\n${shortened(text)}`,
      );
    }
  }
}

function keep(list: string[], text: string | undefined): void {
  if (text === undefined) {
    return;
  }
  list.push(text);
  if (list.length > KEPT) {
    list.shift();
  }
}
