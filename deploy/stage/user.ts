import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DeployFailure } from '../deploy-failure.ts';
import { clientOptions, openAccount } from '../deployed.ts';
import { endCommand } from '../end-command.ts';
import { HiddenPrompt, PASSWORD } from './ask.ts';
import { readStage } from './deployed-stage.ts';
import { type Given, helpText, readStageOptions, STAGE_OPTIONS, stackNameOf } from './options.ts';
import { Users } from './users.ts';

const HELP = helpText(
  `Adds, removes and lists users of a deployed stage. A new user's password is asked for, or taken from ${PASSWORD}.`,
  'npm run user -- add NAME | remove NAME | list  --stage dev [options]',
  [
    ...STAGE_OPTIONS,
    [
      '--email ADDRESS',
      'Of the new user; without a password of yours Cognito sends one there: --invite yes.',
    ],
    ['--invite yes', 'Has Cognito send a password to the address, good once and for three days.'],
    ['--groups A,B', 'Groups of the new user, such as admins.'],
  ],
);

type Options = Given<'email' | 'groups' | 'invite'>;

async function main(): Promise<number> {
  const options = readStageOptions(process.argv.slice(2), 'email', 'groups', 'invite');
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const run = taskOf(options);
  const { profile, region } = options.values;
  const stage = await readStage(await openAccount(profile, region), stackNameOf(options.values));
  const client = new CognitoIdentityProviderClient(clientOptions(profile, stage.region));
  await run(new Users(client, stage.userPoolId)).finally(() => client.destroy());
  return 0;
}

/** @throws DeployFailure for what cannot be run, before AWS is asked */
function taskOf({ positionals: [verb, name, ...more], values }: Options): (users: Users) => Promise<void> {
  if (verb === 'list' && name === undefined) {
    return list;
  }
  if ((verb !== 'add' && verb !== 'remove') || name === undefined || more.length > 0) {
    throw new DeployFailure('use add NAME, remove NAME or list; see --help');
  }
  return verb === 'add' ? (users) => add(users, name, values) : (users) => remove(users, name);
}

async function add(users: Users, name: string, { email, groups, invite }: Options['values']): Promise<void> {
  if (invite !== undefined && email === undefined) {
    throw new DeployFailure('--invite needs the address: pass --email ADDRESS');
  }
  const password = invite === undefined ? await askPassword() : undefined;
  await users.add({
    name,
    groups: groups?.split(',').filter(Boolean) ?? [],
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password }),
  });
  console.log(`${name} is added.${invite === undefined ? '' : ` Cognito sends ${email} a password.`}`);
}

async function askPassword(): Promise<string> {
  const prompt = new HiddenPrompt();
  try {
    return await prompt.password('Password');
  } finally {
    prompt.close();
  }
}

async function remove(users: Users, name: string): Promise<void> {
  await users.remove(name);
  console.log(`${name} is removed. Items that it owned stay.`);
}

async function list(users: Users): Promise<void> {
  for (const { name, sub, status, groups } of await users.list()) {
    console.log([name.padEnd(24), sub, status, groups.join(', ')].join('  ').trimEnd());
  }
}

await endCommand(main);
