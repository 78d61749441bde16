import { DeployFailure } from '../deploy-failure.ts';
import { openAccount } from '../deployed.ts';
import { endCommand } from '../end-command.ts';
import { readStage } from './deployed-stage.ts';
import { type Given, helpText, readStageOptions, STAGE_OPTIONS, stackNameOf } from './options.ts';
import type { Target } from './smoke/api.ts';
import { runSteps } from './smoke/run.ts';
import { smokeSteps } from './smoke/steps.ts';

const HELP = helpText(
  'Puts, reads, validates and deletes items of its own in an API, and says of each step whether it worked; exit code 1 if one did not.',
  'npm run smoke -- --stage dev | --url URL --api-key KEY [options]',
  [
    ...STAGE_OPTIONS,
    ['--url URL', 'Another API, such as the local server: http://localhost:4000/graphql'],
    ['--realtime-url URL', 'Its real-time endpoint. Default: --url with /realtime, as for a custom domain'],
    ['--api-key KEY', 'Its key. Default with --stage: that of the stage'],
    ['--token TOKEN', 'Calls as a user, in the place of the key.'],
  ],
);

type Values = Given<'url' | 'realtime-url' | 'api-key' | 'token'>['values'];

async function main(): Promise<number> {
  const { values, help } = readStageOptions(process.argv.slice(2), 'url', 'realtime-url', 'api-key', 'token');
  if (help) {
    console.log(HELP);
    return 0;
  }
  const target = await (values.url === undefined ? deployed(values) : named(values, values.url));
  const { steps, clean } = smokeSteps(target);
  console.log(`smoke test of ${target.graphqlUrl}`);
  try {
    return (await runSteps(steps, console.log)) ? 0 : 1;
  } finally {
    await clean();
  }
}

async function deployed(values: Values): Promise<Target> {
  const stage = await readStage(await openAccount(values.profile, values.region), stackNameOf(values));
  return { ...stage, headers: headersOf(values, stage.apiKey) };
}

function named(values: Values, url: string): Target {
  if (!URL.canParse(url)) {
    throw new DeployFailure(`--url ${url}: use a URL, such as http://localhost:4000/graphql`);
  }
  const realtimeUrl = values['realtime-url'] ?? realtimeUrlOf(url);
  return { graphqlUrl: url, realtimeUrl, headers: headersOf(values) };
}

const AWS_ENDPOINT = /^https:\/\/(\w+)\.appsync-api\.([\w-]+)\.(amazonaws\.com(?:\.cn)?)\/graphql$/;

/** AppSync has two hosts; a custom domain and the local server have one (AppSync developer guide, "Real-time data"). */
const realtimeUrlOf = (url: string): string =>
  AWS_ENDPOINT.test(url)
    ? url.replace(AWS_ENDPOINT, 'wss://$1.appsync-realtime-api.$2.$3/graphql')
    : `${url.replace(/^http/, 'ws')}/realtime`;

function headersOf(values: Values, stagesKey?: string): Record<string, string> {
  if (values.token !== undefined) {
    return { authorization: values.token };
  }
  const key = values['api-key'] ?? stagesKey;
  if (key === undefined) {
    throw new DeployFailure('pass --api-key KEY or --token TOKEN: there is no valid key to call with');
  }
  return { 'x-api-key': key };
}

await endCommand(main);
