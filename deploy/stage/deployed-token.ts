import { DeployFailure } from '../deploy-failure.ts';
import { openAccount } from '../deployed.ts';
import { HiddenPrompt, PASSWORD } from './ask.ts';
import { readStage } from './deployed-stage.ts';
import { helpText, readStageOptions, STAGE_OPTIONS, stackNameOf } from './options.ts';

const HELP = helpText(
  `Signs a user of a deployed stage in, and prints the token on one line. The password is asked for, or taken from ${PASSWORD}.`,
  'npm run -s token -- --stage dev --user NAME [options]',
  [...STAGE_OPTIONS, ['--user NAME', 'Who signs in.'], ['--use access|id', 'Kind of token. Default: access']],
);

/** `npm run token -- --stage …`. @returns the exit code */
export async function printToken(args: readonly string[]): Promise<number> {
  const { values, help } = readStageOptions(args, 'user', 'use');
  if (help) {
    console.log(HELP);
    return 0;
  }
  const { user, use = 'access', profile, region } = values;
  if (!user) {
    throw new DeployFailure('--user NAME is required; see --help');
  }
  if (use !== 'access' && use !== 'id') {
    throw new DeployFailure(`--use ${use}: use access or id`);
  }
  const prompt = new HiddenPrompt();
  try {
    const stage = await readStage(await openAccount(profile, region), stackNameOf(values));
    const { signIn } = await import('./sign-in.ts'); // Amplify takes a second to load.
    const password = await prompt.password('Password');
    const tokens = await signIn(stage, user, password, (question) => prompt.ask(question));
    console.log(tokens[use]);
    return 0;
  } finally {
    prompt.close();
  }
}
