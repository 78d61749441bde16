const isNode20 = process.versions.node.startsWith('20.');

/** Of Node.js 20 (`node --v8-options`). */
const DEFAULT_BUDGET = 67_584;
const LATE_BUDGET = 400_000;

/**
 * CPU time, in µs, after which an environment counts as used for a while. Not a number of invocations: the publisher of a change feed takes a hundred
 * records in each, and optimized late for a minute of load it took a third more CPU (bench, section put-get, 2026-11-30).
 */
const EARLY_US = 1_000_000;

let isLate = false;

/**
 * V8 of Node.js 20 soon optimizes what runs a few times, which takes longer than it saves until some hundred invocations later. With six times its
 * budget the first 125 calls of an AWS SDK took 0.65 s of CPU rather than 0.86, and 300 took 1.4 rather than 1.7 (measured 2026-11-30). Later versions
 * have a cheap compiler between.
 */
function optimizeLate() {
  isLate = isNode20;
  if (isLate) setBudget(LATE_BUDGET);
}

/** Asked before each invocation. */
function optimizeSoonOnceUsed() {
  if (!isLate) return;
  const { user, system } = process.cpuUsage();
  if (user + system < EARLY_US) return;
  isLate = false;
  setBudget(DEFAULT_BUDGET);
}

const setBudget = (budget) => require('node:v8').setFlagsFromString(`--interrupt-budget=${budget}`);

module.exports = { optimizeLate, optimizeSoonOnceUsed };
