import { expect, it } from 'vitest';
import { refuseNpmOptions } from '../../../deploy/npm-options.ts';

const of = (env: Record<string, string>) => () =>
  refuseNpmOptions(['stage', 'api-key'], { npm_lifecycle_event: 'deploy', ...env });

it.each([
  [
    { npm_config_stage: 'prod' },
    'npm took --stage for an option of its own: write -- before it, npm run deploy -- --stage …',
  ],
  [{ npm_config_api_key: 'true' }, 'npm took --api-key'],
  [{ npm_config_call: 'stage=prod' }, 'write -- before it, npm run deploy -- -c stage=prod'],
])('what npm kept for itself is told: %j', (env, message) => {
  expect(of(env)).toThrow(message);
});

it("npm's own settings are none of these", () => {
  of({ npm_config_cache: '/root/.npm', npm_config_call: '' })();
});
