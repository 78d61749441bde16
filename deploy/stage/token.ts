import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runStageCommand } from './command.ts';

const LOCAL = fileURLToPath(
  new URL('../../node_modules/appsync-local/bin/appsync-local.mjs', import.meta.url),
);

const args = process.argv.slice(2);
const isDeployed = args.some((arg) => /^--stage(=|$)/.test(arg));

/** The running local server makes tokens for anybody. */
const local = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LOCAL, 'token', ...args], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

await runStageCommand(async () =>
  isDeployed ? (await import('./deployed-token.ts')).printToken(args) : local(),
);
