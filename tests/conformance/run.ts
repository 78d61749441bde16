import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { areas } from './areas.ts';
import type { Area } from './check.ts';
import { failureLine, fidelityPage, terminalTable } from './report.ts';
import { type CheckResult, openArea } from './run-area.ts';

const HELP = `Runs the numbered checks of how AppSync behaves.

Usage: npm run conformance -- [options]

  --area NAME      Only this area; may be given again. Default: all.
  --write          Write docs/fidelity.md.
  --synth DIR      Write the cloud assembly of the --area's app to DIR and stop. To deploy it:
                   npx cdk deploy --app DIR
  --url URL        Run the checks of the --area against the API at URL and keep what differs in
                   docs/differences/AREA.json. Credentials come from API_KEY, API_REALTIME_URL,
                   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION and
                   API_TOKEN_<USER> and API_OIDC_TOKEN_<USER>. For the area "evaluate" URL is AppSync's own endpoint, such as
                   https://appsync.us-east-1.amazonaws.com
  --help           Print this.`;

const { values } = parseArgs({
  options: {
    area: { type: 'string', multiple: true },
    write: { type: 'boolean' },
    synth: { type: 'string' },
    url: { type: 'string' },
    help: { type: 'boolean' },
  },
});

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

function onlyArea(option: string): Area {
  const chosen = chosenAreas();
  if (chosen.length !== 1 || !chosen[0]) throw new Error(`${option} goes with one --area`);
  return chosen[0];
}

/** @returns the results that are not as the checks say */
async function runArea(area: Area, url?: string): Promise<CheckResult[]> {
  const open = await openArea(area, url);
  const amiss: CheckResult[] = [];
  let done = 0;
  try {
    for (const check of area.checks) {
      const result = await open.run(check);
      done += 1;
      if (result.verdict === 'fails' || result.verdict === 'mended') amiss.push(result);
      if (process.stderr.isTTY) process.stderr.write(`\r${area.name} ${done}/${area.checks.length} `);
    }
  } finally {
    await open.close();
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
  return amiss;
}

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
  if (values.help) return console.log(HELP);
  if (values.synth) return onlyArea('--synth').synthesize(values.synth);
  if (values.url) onlyArea('--url');
  const chosen = chosenAreas();
  const amiss: CheckResult[] = [];
  for (const area of chosen) {
    const found = await runArea(area, values.url);
    if (values.url) keepDifferences(area, values.url, found);
    amiss.push(...found);
  }
  console.log(terminalTable(chosen));
  for (const result of amiss) console.error(`✗ ${failureLine(result)}`);
  if (values.write) writeFileSync('docs/fidelity.md', fidelityPage(areas));
  process.exitCode = amiss.length > 0 ? 1 : 0;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
