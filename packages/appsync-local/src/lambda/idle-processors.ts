import { cpus } from 'node:os';

interface Times {
  idle: number;
  all: number;
}

/** Measures how idle this machine's processors are: 0 for not at all, 1 for entirely, since the last time it was asked. */
export function idleProcessors(): () => number {
  let last = times();
  return () => {
    const now = times();
    const passed = now.all - last.all;
    const share = passed === 0 ? 1 : (now.idle - last.idle) / passed;
    last = now;
    return share;
  };
}

function times(): Times {
  const sum: Times = { idle: 0, all: 0 };
  for (const { times: one } of cpus()) {
    sum.idle += one.idle;
    sum.all += one.idle + one.user + one.nice + one.sys + one.irq;
  }
  return sum;
}
