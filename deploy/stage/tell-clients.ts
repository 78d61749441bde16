import type { AssemblyStack } from '../assembly.ts';
import { DeployFailure } from '../deploy-failure.ts';
import { openAccount } from '../deployed.ts';
import { folderOf, writeClientFiles } from './client-files.ts';
import { readStage } from './deployed-stage.ts';

/**
 * Writes the files of clients for stacks that were deployed. What cannot be read is told, and fails nothing: the deployment is done.
 * @param profile of the AWS configuration @default the SDK's
 * @param given the region @default that of the environment or of the profile
 */
export async function tellClients(
  stacks: readonly AssemblyStack[],
  profile?: string,
  given?: string,
): Promise<void> {
  try {
    const account = await openAccount(profile, given);
    for (const { name, region } of stacks) {
      const stage = await readStage(account, name, region);
      const paths = writeClientFiles(stage, folderOf(name));
      console.error(`For clients: ${paths.join(', ')}`);
    }
  } catch (error) {
    if (!(error instanceof DeployFailure)) {
      throw error;
    }
    console.error(
      `Deployed, but the files for clients were not written: ${error.message}. Write them by npm run outputs`,
    );
  }
}
