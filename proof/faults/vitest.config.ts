import { defineConfig } from 'vitest/config';
import { FaultReporter } from './fault-reporter.ts';
import { FAULTS } from './faults.ts';

/** The tests that read the template and nothing else of the assembly. */
const TESTS = [
  'items-stack',
  'items-api',
  'items-data',
  'change-feed',
  'roles',
  'monitoring',
  'users',
  'put-validated-item',
];

/** Stands for no fault, since a project must have a name. */
const NONE = 'none';

const conditions = [
  '@appsync-local/source',
  '@live-items/source', // part: live-items
];

/** A project for each fault. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    reporters: [new FaultReporter(NONE)],
    experimental: { fsModuleCache: true },
    projects: [NONE, ...Object.keys(FAULTS)].map((fault) => ({
      ssr: { resolve: { conditions } },
      test: {
        name: fault,
        include: TESTS.map((name) => `tests/infra/${name}.test.ts`),
        env: { PLANTED_FAULT: fault },
        isolate: false,
        testTimeout: 600_000,
      },
    })),
  },
});
