import { spawnSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { parseArgs, takenByNpm } from '../../../schema/command-line.ts';

const of = (env: Record<string, string>) =>
  takenByNpm(['stage', 'api-key'], { npm_lifecycle_event: 'deploy', ...env });

afterEach(() => vi.unstubAllEnvs());

it.each([
  [
    { npm_config_stage: 'prod' },
    'npm took --stage for an option of its own: write -- before it, npm run deploy -- --stage …',
  ],
  [{ npm_config_api_key: 'true' }, 'npm took --api-key'],
  [{ npm_config_call: 'stage=prod' }, 'write -- before it, npm run deploy -- -c stage=prod'],
])('what npm kept for itself is told: %j', (env, message) => {
  expect(of(env)).toContain(message);
});

it("npm's own settings are none of these", () => {
  expect(of({ npm_config_cache: '/root/.npm', npm_config_call: '' })).toBeUndefined();
});

it('a command refuses to run without an option that npm kept', () => {
  vi.stubEnv('npm_config_dry_run', 'true');

  const parsed = () => parseArgs({ args: [], options: { 'dry-run': { type: 'boolean' } } });

  expect(parsed).toThrow('npm took --dry-run for an option of its own: write -- before it');
});

it('an unknown option is named in one sentence', () => {
  const parsed = () => parseArgs({ args: ['--dry-rum'], options: { 'dry-run': { type: 'boolean' } } });

  expect(parsed).toThrow(/^Unknown option '--dry-rum'$/);
});

it('codegen writes nothing for an option that it does not know', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'schema/generate.ts', '--chek'],
    { encoding: 'utf8' },
  );

  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: "Unknown option '--chek'; see npm run codegen -- --help\n",
  });
});
