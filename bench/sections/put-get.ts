import { contenders } from '../contenders.ts';
import { startLoad, type Load } from '../harness/load.ts';
import { startOurs, startOursWithoutFeed } from '../harness/ours.ts';
import { childrenCpu, type ChildrenCpu } from '../harness/process-cpu.ts';
import type { Server } from '../harness/server.ts';
import { eachStart, type Started, together } from '../harness/starts.ts';
import { middleOf, OPERATIONS, order, type Running, type Sample } from '../put-get/contest.ts';
import { report } from '../put-get/report.ts';
import { warmUp } from '../put-get/warm-up.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** Contenders of one start, with what they took. */
interface Measured extends Started<Running> {
  samples: Sample[];
}

/**
 * How long to measure. Rounds are short, so that what else the machine does falls on all contenders alike. Each server is started
 * several times: what V8 makes of a program differs from start to start by more than from round to round. The CPU of a put settles after
 * 2,000 puts at the one-hop limit, and after 6,000 to 9,000 in ours with its feed (measured 2026-11-30), so a warm-up goes on for as long as
 * the CPU falls.
 */
const PLANS = {
  full: {
    starts: 3,
    connections: [1, 16, 64],
    rounds: 3,
    milliseconds: 1_500,
    warmUp: { fewestTurns: 5, mostTurns: 20, turnMs: 3_000 },
  },
  quick: {
    starts: 1,
    connections: [16],
    rounds: 3,
    milliseconds: 300,
    warmUp: { fewestTurns: 5, mostTurns: 5, turnMs: 1_400 },
  },
};

export const putGet: Section = {
  name: 'put-get',
  title: 'putItem and getItem',
  run: measure,
};

async function measure(context: BenchContext): Promise<SectionResult> {
  const plan = context.quick ? PLANS.quick : PLANS.full;
  const load = startLoad();
  try {
    const starts = await eachStart(plan.starts, context, (start, ownContext) =>
      measureStart(load, plan, start, ownContext),
    );
    const { running, skipped } = together(starts);
    const samples = starts.flatMap((one) => one.samples);
    return { ...report(running, samples, plan.connections), skipped, samples };
  } finally {
    load.stop();
  }
}

/** Starts every server, measures, and stops them. */
async function measureStart(load: Load, plan: Plan, start: number, context: BenchContext): Promise<Measured> {
  const ours = await startOurs();
  const servers: Server[] = [ours];
  try {
    const alone = await startOursWithoutFeed(context);
    servers.push(alone);
    const { list, skipped } = await contenders(ours, alone, context);
    const running: Running[] = [];
    for (const contender of list) {
      context.progress(`starting ${contender.label}`);
      try {
        const server = await contender.start();
        if (!servers.includes(server)) {
          servers.push(server);
        }
        const one = { ...contender, server };
        await warmUp(load, one, plan.warmUp, context);
        await one.worksOn?.(server);
        running.push(one);
      } catch (error) {
        if (contender.kind === 'limit' || contender.ours) {
          throw error;
        }
        skipped.push(`${contender.label}: ${(error as Error).message}`);
      }
    }
    const samples = await rounds(load, running, plan, start * plan.rounds, context);
    return { running, samples, skipped };
  } finally {
    for (const server of servers.reverse()) {
      await server.stop();
    }
  }
}

type Plan = (typeof PLANS)['full'];

/** @param first number of the first round */
async function rounds(
  load: Load,
  running: Running[],
  plan: Plan,
  first: number,
  context: BenchContext,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const connections of plan.connections) {
    for (let round = 0; round < plan.rounds; round += 1) {
      // Another one begins each round, so that nobody always comes after the same neighbour.
      for (let turn = 0; turn < running.length; turn += 1) {
        const contender = running[(turn + round) % running.length]!;
        for (const operation of OPERATIONS) {
          if (contender.onlyTargets && (operation !== 'put' || connections !== middleOf(plan.connections))) {
            continue;
          }
          context.progress(
            `${connections} connections, round ${round + 1} of ${plan.rounds}: ${contender.label}, ${operation}`,
          );
          const before = await contender.server.cpu();
          const children = contender.worksOn ? startedCpu(contender) : null;
          const done = await load.run({
            ...order(contender, operation, connections),
            milliseconds: plan.milliseconds,
          });
          if (operation === 'put') {
            await contender.worksOn?.(contender.server);
          }
          const cpu = (await contender.server.cpu()) - before;
          samples.push({
            label: contender.label,
            operation,
            connections,
            round: first + round,
            ...done,
            cpuPerRequest: cpu / done.requests,
            ...(children && { children: children(done.requests) }),
          });
        }
      }
    }
  }
  return samples;
}

/** @returns what the server's functions and the engine take from now on, for each request; null where the system does not tell */
function startedCpu({ server, engineOf = server }: Running): ((requests: number) => ChildrenCpu) | null {
  if (process.platform !== 'linux') {
    return null;
  }
  const taken = (): ChildrenCpu => ({
    engine: childrenCpu(engineOf.pid).engine,
    functions: childrenCpu(server.pid).functions,
  });
  const before = taken();
  return (requests) => {
    const now = taken();
    return {
      engine: (now.engine - before.engine) / requests,
      functions: (now.functions - before.functions) / requests,
    };
  };
}
