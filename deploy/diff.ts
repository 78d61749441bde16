import { endCommand } from './end-command.ts';
import { run } from './run.ts';

await endCommand(() => run('diff', process.argv.slice(2)));
