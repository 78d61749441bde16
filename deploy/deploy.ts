import { runCommand } from './run.ts';

await runCommand('deploy', process.argv.slice(2));
