import { DEFAULT_PORT } from '../packages/appsync-local/src/ground/local-credentials.ts';
import { INTERRUPTED, runCommand } from './command.ts';
import { count, type Flags, flagRows, parseFlags } from './options.ts';
import { Progress } from './progress.ts';
import { countryId, countryItems } from './seed/country-items.ts';
import { apiKeyOf, putCountry, type SeedOutcome } from './seed/put-country.ts';

const FLAGS: Flags = {
  port: { type: 'string', value: 'N', says: 'Port of the server. Default: PORT, or 4000.' },
  help: { type: 'boolean', says: 'Print this.' },
};

const HELP = `Puts the countries of npm's world-countries into the running local server, as validated items of the kind
country, through its API. Existing items stay unchanged, so you can run it again.

Usage: npm run seed -- [options]

${flagRows(FLAGS)}`;

/** Concurrent requests. */
const CONCURRENCY = 16;

const QUERY = `query {
  listItemsByKind(kind: "country", limit: 5, filter: { payload: [{ path: "region", eq: "\\"Europe\\"" }] }) {
    items { id version payload }
    nextToken
  }
}`;

async function main(args: string[], stop: AbortSignal): Promise<number> {
  const { values } = parseFlags(args, FLAGS, 'npm run seed');
  if (values['help']) {
    console.log(HELP);
    return 0;
  }
  const port = count(values, 'port', 65_535, Number(process.env['PORT'] ?? DEFAULT_PORT));
  const origin = `http://localhost:${port}`;
  const outcomes = await putAll(`${origin}/graphql`, await apiKeyOf(origin), stop);
  if (stop.aborted) {
    return INTERRUPTED;
  }
  const sum = (outcome: SeedOutcome): number => outcomes.filter((one) => one === outcome).length;
  const changed = sum('there with another payload');
  console.log(
    `${outcomes.length} countries: ${sum('created')} created, ${sum('there already')} there already` +
      (changed > 0 ? `, ${changed} there with another payload, which stay` : ''),
  );
  console.log(`\nTry this at ${origin}/, or getItem(id: "${countryId('CHE')}"):\n\n${QUERY}`);
  return 0;
}

async function putAll(url: string, apiKey: string, stop: AbortSignal): Promise<SeedOutcome[]> {
  const progress = new Progress(process.stderr);
  const items = countryItems();
  const outcomes: SeedOutcome[] = [];
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (stop.aborted) {
        return;
      }
      outcomes.push(await putCountry(url, apiKey, item));
      progress.update('putting countries', outcomes.length / items.length, outcomes.length);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  progress.clear();
  return outcomes;
}

await runCommand((stop) => main(process.argv.slice(2), stop));
