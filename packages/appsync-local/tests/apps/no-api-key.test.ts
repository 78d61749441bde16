import { expect, it } from 'vitest';
import { startLocal } from '../server/harness/local-server.ts';
import { assemblyOfExample, listedApis } from './harness/foreign-app.ts';

it('an API without the mode API_KEY says at its start what opens it instead of a key', async () => {
  const assembly = await assemblyOfExample('chat');
  const [beta = ''] = await listedApis(assembly);

  const server = await startLocal(['--memory', '--app', assembly, '--api', beta]);

  const { port } = new URL(server.origin);
  expect(server.output).toMatch(/^chat-beta$/m);
  expect(server.output).toMatch(
    new RegExp(`^User token +npx appsync-local token --user alice --port ${port}$`, 'm'),
  );
  expect(server.output).toMatch(/^IAM keys +AKIALOCALDEVELOPMENT local-development-secret$/m);
  expect(server.output).not.toContain('API key');
});
