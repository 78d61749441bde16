import { stacksOf } from '../../deploy/assembly.ts';
import { onMiniStack } from './on-ministack.ts';
import { rehearseRestore } from './restored.ts';
import { step } from './step.ts';

const HELP = `npm run rehearse:restore -- [-c KEY=VALUE …]

Deploys a stage of production to MiniStack on this machine, restores its tables, destroys it, and brings it back from the
restored tables: docs/backups.md. -c takes the settings of docs/operations.md.
`;

await onMiniStack(HELP, ['-c', 'stage=prod', '-c', 'alarmEmail=operator@example.com'], async (run) => {
  await step('deployed', () => run.cdk.deploy());
  const stackName = stacksOf(run.assembly)[0]!.name;
  await rehearseRestore(run.url, run.cdk, { stackName, directory: run.directory }, step);
});
