import { defineConfig } from 'vitest/config';

/** The contract suite is written once; each project runs it against another target. */
const api = (target: string) => ({
  test: {
    name: `api (${target})`,
    include: ['tests/api/**/*.test.ts'],
    env: { API_TARGET: target },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

const project = (name: string, more: object = {}) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout: 20_000, hookTimeout: 60_000, ...more },
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
      project('conformance', { testTimeout: 60_000 }),
      project('server', { testTimeout: 60_000 }),
      project('clients', { testTimeout: 60_000 }),
      project('docs', { testTimeout: 60_000 }),
      project('apps', { testTimeout: 60_000 }),
    ],
  },
});
