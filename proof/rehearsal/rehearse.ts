import { stacksOf } from '../../deploy/assembly.ts'; // part: validated-items
import { onMiniStack } from './on-ministack.ts';
import { rehearseStage } from './stage.ts'; // part: validated-items
import { step } from './step.ts';

/*
 * Deploys a stage to MiniStack, an emulator of CloudFormation and the services below it, writes one item, and destroys the stage:
 * docs/proof.md. It shows that the template is consistent enough for another reader than ours. It says nothing of AWS.
 */

const HELP = `npm run rehearse -- [-c KEY=VALUE …]

Deploys a stage of development to MiniStack on this machine, writes one item, and destroys the stage.
-c takes the settings of docs/operations.md.
`;

await onMiniStack(HELP, ['-c', 'alarmEmail=operator@example.com'], async (stage) => {
  const { cdk } = stage;
  await step('deployed', () => cdk.deploy());
  await step('no change is seen as none', () => cdk.expectNoChange());
  await rehearseStage(stage.url, stacksOf(stage.assembly)[0]!.name, step); // part: validated-items
  await step('destroyed', () => cdk.destroy());
  await step('nothing is left', () => cdk.expectNothingLeft());
});
