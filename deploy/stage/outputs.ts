import { openAccount } from '../deployed.ts';
import { endCommand } from '../end-command.ts';
import { folderOf, writeClientFiles } from './client-files.ts';
import { readStage } from './deployed-stage.ts';
import { helpText, readStageOptions, STAGE_OPTIONS, stackNameOf } from './options.ts';

const HELP = helpText(
  'Writes what clients need to know of a deployed stage, its API key included: amplify_outputs.json and .env.',
  'npm run outputs -- --stage dev [options]',
  [...STAGE_OPTIONS, ['--to DIR', 'Folder of the files. Default: .stages/STACK, which git ignores']],
);

async function main(): Promise<number> {
  const { values, help } = readStageOptions(process.argv.slice(2), 'to');
  if (help) {
    console.log(HELP);
    return 0;
  }
  const stackName = stackNameOf(values);
  const stage = await readStage(await openAccount(values.profile, values.region), stackName);
  writeClientFiles(stage, values.to ?? folderOf(stackName)).forEach((path) => console.log(path));
  return 0;
}

await endCommand(main);
