import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The package of the AWS SDK for JavaScript v2. */
export const SDK_V2 = 'aws-sdk';

/** Its services that run on this machine. */
const LOCAL_CLIENTS = ['dynamodb', 'dynamodbstreams'];

/**
 * Makes `directory/aws-sdk` the package at `from`, except that its DynamoDB is this machine's. Version 2 does not know
 * AWS_ENDPOINT_URL_DYNAMODB (AWS SDKs and Tools Reference, "Service-specific endpoints"), and would send a function's writes to
 * AWS.
 */
export async function linkSdkV2(from: string, directory: string): Promise<void> {
  const to = join(directory, SDK_V2);
  if (existsSync(to)) {
    return;
  }
  const own = ['index.js', 'clients'];
  await linkAll(from, to, own);
  const clients = LOCAL_CLIENTS.map((name) => `${name}.js`);
  await linkAll(join(from, 'clients'), join(to, 'clients'), clients);
  await writeFile(join(to, 'index.js'), localized(from, 'index.js'));
  for (const name of clients) {
    await writeFile(join(to, 'clients', name), localized(from, `clients/${name}`));
  }
}

/** Every way to load a DynamoDB client leads through one of these, which share the SDK's single configuration. */
const localized = (from: string, file: string): string =>
  `const sdk = ${JSON.stringify(from)};
const { config } = require(sdk + '/lib/core');
for (const service of ${JSON.stringify(LOCAL_CLIENTS)})
  config[service] ??= { endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB };
module.exports = require(sdk + '/${file}');
`;

async function linkAll(from: string, to: string, except: string[]): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (!except.includes(name)) {
      await symlink(join(from, name), join(to, name), 'junction');
    }
  }
}
