import { runCommand } from './run.ts';

await runCommand('diff', process.argv.slice(2));
