import { endCommand } from './end-command.ts';
import { run } from './run.ts';

await endCommand(() => run('destroy', process.argv.slice(2)));
