import { isAssembly, stacksOf } from './assembly.ts';
import { checkBootstrap } from './bootstrap.ts';
import { cdk } from './cdk.ts';
import { checkStacks } from './check-stacks.ts';
import { type Compared, comparedInAccount, comparedWithFile } from './compared.ts';
import { checkContext, contextOf } from './context.ts';
import { DeployFailure } from './deploy-failure.ts';
import { openAccount } from './deployed.ts';
import { tellDestruction } from './destruction.ts';
import { helpOf } from './help.ts';
import { refuseTakenByNpm } from './npm-options.ts';
import { type Command, OPTION_NAMES, type Options, readOptions } from './options.ts';
import { tellClients } from './stage/tell-clients.ts';
import { checkDestroyTerminal, checkTerminal } from './terminal.ts';

/** Runs `npm run deploy`, `diff` or `destroy`: synthesizes once, looks at what is deployed, and then lets the CDK CLI work on that assembly. */
export async function run(command: Command, args: readonly string[]): Promise<number> {
  refuseTakenByNpm(OPTION_NAMES);
  const options = readOptions(command, args);
  if (options.help) {
    console.log(helpOf(command));
    return 0;
  }
  // Before the synth, which takes half a minute: what is missing is told at once.
  checkContext(options);
  return command === 'destroy' ? destroy(options) : deployOrDiff(command, options);
}

async function deployOrDiff(command: 'deploy' | 'diff', options: Options): Promise<number> {
  if (command === 'deploy') {
    checkTerminal(options.cdk);
  }
  const compared = await openCompared(command, options);
  const { code, assembly } = await assemblyOf(options);
  if (code !== 0) {
    return code;
  }
  const mayGoOn = () => checkStacks(assembly, options, compared);
  switch (command) {
    case 'deploy':
      return (await mayGoOn()) ? deploy(assembly, options) : 1;
    case 'diff': {
      const differing = await cdk(['diff', '--app', assembly, ...againstFile(options), ...options.cdk]);
      return (await mayGoOn()) ? differing : 1;
    }
  }
}

/** The CDK CLI asks by the name that the stack has in the code, which is the same in every stage, so it is told here which one is meant. */
async function destroy(options: Options): Promise<number> {
  checkDestroyTerminal(options.cdk);
  const account = await openAccount(options.profile, options.region);
  // Checks of the template are of no use to a stack that goes.
  const { code, assembly } = await assemblyOf(options, { CDK_VALIDATION: 'false' });
  if (code !== 0) {
    return code;
  }
  await tellDestruction(account, stacksOf(assembly));
  return cdk(['destroy', '--app', assembly, ...options.cdk]);
}

/** Synthesizes, unless there is an assembly. @returns the exit code of the synth, and the folder */
async function assemblyOf(
  { app, output, synth }: Options,
  env: Record<string, string> = {},
): Promise<{ code: number; assembly: string }> {
  if (isAssembly(app)) {
    return { code: 0, assembly: app };
  }
  const code = await cdk(['synth', '--quiet', '--strict', '--output', output, ...synth], env);
  return { code, assembly: output };
}

const WITHOUT_AWS = 'npm run diff -- --against FILE compares with a saved template and needs no credentials';

/** @throws DeployFailure for credentials that AWS does not take, and for an account that is not prepared for a deployment */
async function openCompared(command: 'deploy' | 'diff', options: Options): Promise<Compared> {
  if (options.against !== undefined) {
    return comparedWithFile(options.against);
  }
  const account = await openAccount(options.profile, options.region).catch((error: Error) => {
    throw new DeployFailure(`${error.message}; ${WITHOUT_AWS}`, { cause: error });
  });
  if (command === 'deploy') {
    await checkBootstrap(account, contextOf(options));
  }
  return comparedInAccount(account);
}

async function deploy(assembly: string, { profile, region, cdk: rest }: Options): Promise<number> {
  const code = await cdk(['deploy', '--strict', '--app', assembly, ...rest]);
  if (code === 0) {
    await tellClients(stacksOf(assembly), profile, region);
  }
  return code;
}

const againstFile = ({ against }: Options): string[] =>
  against === undefined ? [] : ['--template', against];
