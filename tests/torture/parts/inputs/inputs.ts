import { Bystander } from '../../harness/bystander.ts';
import { Client } from '../../harness/client.ts';
import { Judge } from '../../harness/judge.ts';
import { Marks } from '../../harness/marks.ts';
import { createHostileValues } from '../../hostile/variables.ts';
import type { Part, Torture } from '../../part.ts';
import { watchHealth } from './health.ts';
import { createPlausible } from './plausible.ts';
import { FIELDS, requestOf } from './request.ts';
import { type Siege, throwBytes, throwCode, throwDocument, throwFrames } from './siege.ts';
import { carryOver } from './transfer.ts';
import { Truth } from './truth.ts';

/** What stands in the server's environment, where no answer may find it. */
const SECRET = 'APPSYNC_ITEMS_TORTURE_SECRET';

/** Connections that send bytes at once: most of the time each waits whether there is more to come. */
const AT_ONCE = 8;

/** Everything that somebody can send, wrong in every way, while a good client goes on. */
export const inputs: Part = {
  name: 'inputs',
  says: 'hostile values, documents, HTTP, real-time frames and code: refused by name, or kept and told exactly',
  async run(torture) {
    const { ground, random, rounds, findings } = torture;
    const marks = new Marks('inputs');
    const victim = await ground.serve({ environment: { [SECRET]: marks.make() } });
    const judge = new Judge(findings, marks);
    const client = new Client(victim.target, judge);
    const health = watchHealth(victim, findings);
    const bystander = await Bystander.start(client, findings);
    const siege: Siege = { victim, client, judge, findings, random };
    let truth: Truth;
    try {
      truth = await throwValues(torture, client);
      for (const _ of rounds(150, 0.2)) {
        await throwDocument(siege);
      }
      for (const _ of rounds(25, 0.2)) {
        await Promise.all(Array.from({ length: AT_ONCE }, () => throwBytes(siege)));
      }
      for (const _ of rounds(40, 0.15)) {
        await throwFrames(siege);
      }
      for (const _ of rounds(60, 0.15)) {
        await throwCode(siege);
      }
    } finally {
      await bystander.stop();
      health.checkAlive();
    }
    await truth.checkFeed();
    await carryOver(torture, victim); // part: transfer
    await health.checkLetGo();
    await victim.stop();
  },
};

/** Values of every kind of wrongness in every argument of every query and mutation, by every caller. */
async function throwValues({ random, rounds, findings }: Torture, client: Client): Promise<Truth> {
  const plausible = createPlausible(random, 'inputs');
  const values = createHostileValues({ random, plausible: plausible.values });
  const truth = new Truth(client, findings);
  for (const _ of rounds(600, 0.3)) {
    const chosen = random.oneOf(FIELDS);
    const caller = random.oneOf(client.callers);
    const request = requestOf(chosen, values.of(chosen.field.args), random);
    const answer = await client.ask(caller, request.query, request.variables);
    findings.count('hostile requests');
    plausible.learnFrom(answer.text);
    await truth.check(request, answer);
  }
  return truth;
}
