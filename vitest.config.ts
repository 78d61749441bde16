import { defineConfig } from 'vitest/config';

/**
 * Only what hangs takes this long. Tests start servers, synthesize and drive a browser, on machines that may have much
 * else to do.
 */
const PATIENCE = { testTimeout: 60_000, hookTimeout: 120_000 };

/** The contract suite is written once; each project runs it against another target. */
const api = (target: string) => ({
  test: {
    name: `api (${target})`,
    include: ['tests/api/**/*.test.ts'],
    env: { API_TARGET: target },
    ...PATIENCE,
  },
});

const project = (name: string) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], ...PATIENCE },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    // The SDK's advice about this machine's Node.js says nothing about what is tested.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      project('unit'),
      project('infra'),
      api('memory'),
      api('port'),
      project('conformance'),
      project('server'),
      project('clients'),
      project('docs'),
    ],
  },
});
