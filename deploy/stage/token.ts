import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endCommand } from '../end-command.ts';
import { refuseTakenByNpm } from '../npm-options.ts';

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

async function main(): Promise<number> {
  refuseTakenByNpm(['stage', 'user']);
  const ofDeployed = async (given: string[]): Promise<number> =>
    (await import('./deployed-token.ts')).printToken(given);
  if (isDeployed) {
    return ofDeployed(args);
  }
  const code = await local();
  if (args.includes('--help')) {
    console.log('\nOf a deployed stage:\n');
    await ofDeployed(['--help']);
  }
  return code;
}

await endCommand(main);
