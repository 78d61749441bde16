import { defineConfig } from 'vitest/config';

/** Only to end what hangs: a busy machine takes ten times as long as an idle one. */
const patience = { testTimeout: 90_000, hookTimeout: 240_000 };

/** The contract suite is written once; each project runs it against another target. */
const api = (target: string) => ({
  test: {
    name: `api (${target})`,
    include: ['tests/api/**/*.test.ts'],
    env: { API_TARGET: target },
    ...patience,
  },
});

const project = (name: string) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], ...patience },
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
      project('transfer'),
      project('clients'),
      project('docs'),
      project('apps'),
    ],
  },
});
