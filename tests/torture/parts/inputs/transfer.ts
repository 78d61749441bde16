import { existsSync } from 'node:fs';
import { runScript } from '../../../transfer/harness/command.ts';
import type { Victim } from '../../harness/victim.ts';
import type { Torture } from '../../part.ts';

/** What the API took, an export writes and an import takes, all of it. */
export async function carryOver({ ground, findings }: Torture, from: Victim): Promise<void> {
  const file = `${ground.newPath('items')}.json`;
  const to = await ground.serve();
  const exported = await runScript('export', ['--endpoint', from.printed('DynamoDB URL'), file]);
  if (exported.code !== 0 || !existsSync(file)) {
    findings.problem('wrong', `an export of what the API took fails with ${exported.code}`, exported.stderr);
    return;
  }
  const imported = await runScript('import', ['--endpoint', to.printed('DynamoDB URL'), file]);
  if (imported.code !== 0) {
    findings.problem('wrong', `an import of what the API took fails with ${imported.code}`, imported.stderr);
  }
  const count = /^(\d+) items exported/m.exec(exported.stderr)?.[1] ?? 0;
  findings.count('items carried over by export and import', Number(count));
  await to.stop();
}
