import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from '../../src/cli/arguments.ts';
import { firstSentence } from '../../src/cli/command-failure.ts';
import { JAVASCRIPTS, type Javascript } from '../../src/runtime/javascript.ts';
import { areas } from './areas.ts';
import type { Area } from './check.ts';
import { failureLine, fidelityPages, skippedLines, terminalTable, userTable } from './report.ts';
import { type CheckResult, openArea } from './run-area.ts';

const HELP = `Runs the numbered checks of how AppSync behaves.

Usage: npm run conformance -- [options]

  --area NAME      Only this area; may be repeated. Default: all.
  --javascript X   JavaScript semantics of local resolvers: appsync, as observed on AWS, or plain, which skips the
                   checks of the differences. Default: appsync.
  --write          Write docs/fidelity.md of the package, and the pages that it links to.
  --synth DIR      Write the cloud assembly of the --area's app to DIR and stop. To deploy it:
                   npx cdk deploy --app DIR
  --url URL        Run the checks of the --area against the API at URL and record differences in
                   docs/differences/AREA.json. For the area "evaluate" URL is AppSync's own endpoint,
                   such as https://appsync.us-east-1.amazonaws.com
  --env-file FILE  With --url: read the variables below from FILE.
  --help           Print this.

With --url an area needs AWS credentials, API_KEY, and API_TOKEN_<USER> or API_OIDC_TOKEN_<USER> for these
users; checks that lack one are skipped. docs/contract-suite.md describes how to create them.

${userTable(areas)}`;

// The SDK's advice about this machine's Node.js says nothing about AppSync.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const OPTIONS = {
  area: { type: 'string', multiple: true },
  javascript: { type: 'string' },
  write: { type: 'boolean' },
  synth: { type: 'string' },
  url: { type: 'string' },
  'env-file': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const values = optionsOf();

function optionsOf() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    console.error(`${firstSentence((error as Error).message)}; see npm run conformance -- --help`);
    process.exit(1);
  }
}

function chosenAreas(): Area[] {
  const names = values.area ?? areas.map(({ name }) => name);
  return names.map((name) => {
    const area = areas.find((candidate) => candidate.name === name);
    if (!area) {
      throw new Error(`there is no area ${name}; choose from ${areas.map((known) => known.name).join(', ')}`);
    }
    return area;
  });
}

function chosenJavascript(): Javascript | undefined {
  const { javascript } = values;
  const known = JAVASCRIPTS.find((name) => name === javascript);
  if (javascript !== undefined && known === undefined) {
    throw new Error(`--javascript must be ${JAVASCRIPTS.join(' or ')}, not "${javascript}"`);
  }
  return known;
}

function onlyArea(option: string): Area {
  const chosen = chosenAreas();
  if (chosen.length !== 1 || !chosen[0]) {
    throw new Error(`${option} goes with one --area`);
  }
  return chosen[0];
}

async function runArea(area: Area, url?: string): Promise<CheckResult[]> {
  const open = await openArea(area, url, chosenJavascript());
  const results: CheckResult[] = [];
  try {
    for (const check of area.checks) {
      results.push(await open.run(check));
      if (process.stderr.isTTY) {
        process.stderr.write(`\r${area.name} ${results.length}/${area.checks.length} `);
      }
    }
  } finally {
    await open.close();
    if (process.stderr.isTTY) {
      process.stderr.write('\r\u001b[K');
    }
  }
  return results;
}

const isAmiss = ({ verdict }: CheckResult): boolean => verdict === 'fails' || verdict === 'mended';

function keepDifferences(area: Area, url: string, amiss: CheckResult[]): void {
  const differences = amiss.map(({ check, reason }) => ({ id: check.id, promise: check.promise, reason }));
  const file = `docs/differences/${area.name}.json`;
  mkdirSync('docs/differences', { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify({ host: new URL(url).host, date: new Date().toISOString().slice(0, 10), differences }, null, 2)}\n`,
  );
  console.log(`${differences.length} differences kept in ${file}`);
}

async function main(): Promise<void> {
  if (values.help) {
    return console.log(HELP);
  }
  if (values.synth) {
    return onlyArea('--synth').synthesize(values.synth);
  }
  if (values.url) {
    onlyArea('--url');
  }
  if (values['env-file']) {
    process.loadEnvFile(values['env-file']);
  }
  const chosen = chosenAreas();
  const results: CheckResult[] = [];
  for (const area of chosen) {
    const found = await runArea(area, values.url);
    if (values.url) {
      keepDifferences(area, values.url, found.filter(isAmiss));
    }
    results.push(...found);
  }
  console.log(terminalTable(chosen));
  for (const line of skippedLines(results)) {
    console.log(line);
  }
  const amiss = results.filter(isAmiss);
  for (const result of amiss) {
    console.error(`✗ ${failureLine(result)}`);
  }
  if (values.write) {
    for (const [file, text] of fidelityPages(areas)) {
      writeFileSync(new URL(`../../docs/${file}`, import.meta.url), text);
    }
  }
  process.exitCode = amiss.length > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
