import { symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The package of the AWS SDK for JavaScript v2. */
export const SDK_V2 = 'aws-sdk';

/** Makes `directory/aws-sdk` the package at `from`; one that is there already stays. */
export async function linkSdkV2(from: string, directory: string): Promise<void> {
  await symlink(from, join(directory, SDK_V2), 'junction').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  });
}
