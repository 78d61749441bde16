import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import {
  commandOf,
  processesNaming,
} from '../../../../packages/appsync-local/tests/server/harness/processes.ts';
import type { Ground } from '../../harness/ground.ts';
import { eventually } from '../../harness/patience.ts';
import type { Victim } from '../../harness/victim.ts';

/** A server that is killed and started again, always on the same port and data directory. */
export interface Stage {
  ground: Ground;
  random: Random;
  port: number;
  data: string;
  victim: Victim;
}

/** Kills something. The server answers again by the time it resolves, or, where it went on, in a moment. */
export interface Kill {
  name: string;
  /** Whether connections to the server end with it. */
  endsServer: boolean;
  run(stage: Stage): Promise<void>;
}

async function startAgain(stage: Stage): Promise<void> {
  const { ground, port, data } = stage;
  stage.victim = await ground.serve({ port, data });
}

const server: Kill = {
  name: 'the server',
  endsServer: true,
  async run(stage) {
    await stage.victim.kill();
    await startAgain(stage);
  },
};

const both: Kill = {
  name: 'the server and its engine at once',
  endsServer: true,
  async run(stage) {
    const { enginePid } = stage.victim;
    const killed = stage.victim.kill();
    kill(enginePid);
    await killed;
    await startAgain(stage);
  },
};

/** Longest time in milliseconds that a start is left alone before it is killed. */
const LONGEST_START_MS = 1200;

const whileStarting: Kill = {
  name: 'a server that is starting',
  endsServer: true,
  async run(stage) {
    await stage.victim.kill();
    const starting = startAgain(stage).catch(() => undefined);
    const isThere = (): boolean => serverPids(stage).length > 0;
    await eventually(isThere);
    await sleep(stage.random.below(LONGEST_START_MS));
    serverPids(stage).forEach(kill);
    // It may have been quicker and is killed all the same, or have ended before it was ready.
    await starting;
    if (stage.victim.isRunning) {
      await stage.victim.kill();
    }
    await startAgain(stage);
  },
};

const serverPids = ({ data }: Stage): number[] =>
  processesNaming(data).filter((pid) => commandOf(pid).includes('appsync-local.mjs'));

const engine: Kill = {
  name: 'the engine',
  endsServer: false,
  async run({ victim }) {
    const { enginePid } = victim;
    kill(enginePid);
    await eventually(() => victim.enginePid !== undefined && victim.enginePid !== enginePid);
  },
};

const lambda: Kill = {
  name: 'the processes of Lambda functions',
  endsServer: false,
  async run({ victim }) {
    victim.processes.filter((pid) => commandOf(pid).includes('bootstrap')).forEach(kill);
  },
};

/** Where /proc says which process is which; elsewhere the server alone can be killed. */
export const kills: readonly Kill[] =
  process.platform === 'linux' ? [server, engine, lambda, whileStarting, both] : [server];

function kill(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
