import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stacksOf } from './assembly.ts';
import { checkBootstrap } from './bootstrap.ts';
import { cdk } from './cdk.ts';
import { checkStacks } from './check-stacks.ts';
import { type Compared, comparedInAccount, comparedWithFile } from './compared.ts';
import { checkContext, contextOf } from './context.ts';
import { openAccount } from './deployed.ts';
import { helpOf } from './help.ts';
import { type Command, type Options, readOptions } from './options.ts';
import { tellClients } from './stage/tell-clients.ts';
import { checkTerminal } from './terminal.ts';

/** Synthesizes once, compares each stack with what is deployed, and then lets the CDK CLI work on that assembly. */
export async function run(command: Command, args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(helpOf(command));
    return 0;
  }
  // Before the synth, which takes half a minute: what is missing is told at once.
  checkContext(options);
  if (command === 'deploy') {
    checkTerminal(options.cdk);
  }
  const compared = await openCompared(command, options);
  if (!isAssembly(options.app)) {
    const code = await synthesize(options);
    if (code !== 0) {
      return code;
    }
  }
  const { output, app, cdk: rest } = options;
  const assembly = isAssembly(app) ? app : output;
  const mayGoOn = () => checkStacks(assembly, options, compared);
  switch (command) {
    case 'deploy':
      return (await mayGoOn()) ? deploy(assembly, options) : 1;
    case 'diff': {
      const differing = await cdk(['diff', '--app', assembly, ...againstFile(options), ...rest]);
      return (await mayGoOn()) ? differing : 1;
    }
  }
}

/** @throws DeployFailure for credentials that AWS does not take, and for an account that is not prepared for a deployment */
async function openCompared(command: Command, options: Options): Promise<Compared> {
  if (options.against !== undefined) {
    return comparedWithFile(options.against);
  }
  const account = await openAccount(options.profile);
  if (command === 'deploy') {
    await checkBootstrap(account, contextOf(options));
  }
  return comparedInAccount(account);
}

async function deploy(assembly: string, { profile, cdk: rest }: Options): Promise<number> {
  const code = await cdk(['deploy', '--strict', '--app', assembly, ...rest]);
  if (code === 0) {
    await tellClients(stacksOf(assembly), profile);
  }
  return code;
}

const isAssembly = (app?: string): app is string =>
  app !== undefined && existsSync(join(app, 'manifest.json'));

const synthesize = ({ output, synth }: Options): Promise<number> =>
  cdk(['synth', '--quiet', '--strict', '--output', output, ...synth]);

const againstFile = ({ against }: Options): string[] =>
  against === undefined ? [] : ['--template', against];
