const isNode20 = process.versions.node.startsWith('20.');

/** Of Node.js 20 (`node --v8-options`). */
const DEFAULT_BUDGET = 67_584;

/**
 * V8 of Node.js 20 soon optimizes what runs a few times, which takes longer than it saves until some hundred invocations later. With six times its
 * budget the first 125 calls of an AWS SDK took 0.65 s of CPU rather than 0.86, and 300 took 1.4 rather than 1.7 (measured 2026-11-30). Later versions
 * have a cheap compiler between.
 */
const optimizeLate = () => setBudget(400_000);

/** For an environment that has been used for a while. */
const optimizeSoon = () => setBudget(DEFAULT_BUDGET);

function setBudget(budget) {
  if (isNode20) require('node:v8').setFlagsFromString(`--interrupt-budget=${budget}`);
}

module.exports = { optimizeLate, optimizeSoon };
