import { Pool } from 'undici';
import { type CountryItem, countryItems } from '../../transfer/seed/country-items.ts';
import { OUR_HEADERS, startOurs } from '../harness/ours.ts';
import { PUT } from '../harness/requests.ts';
import { eachStart } from '../harness/starts.ts';
import { median, quantile, ratioOf, spreadText } from '../harness/statistics.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** How many of the countries are put one after the other, and how often. */
const PLANS = {
  full: { starts: 3, rounds: 6, inTurn: Infinity },
  quick: { starts: 1, rounds: 2, inTurn: 30 },
};
type Plan = (typeof PLANS)['full'];

const AT_ONCE = 16;
/** For all countries, the first call's cold start included. */
const WANTED_SECONDS = 2.5;

const VALIDATED = PUT.query
  .replace('PutItemInput', 'PutValidatedItemInput')
  .replace('putItem', 'putValidatedItem');

/** What one start came to: seconds for all countries at first, and round by round the milliseconds of one put after the other. */
interface Sample {
  seconds: number;
  plain: number[][];
  validated: number[][];
}

/** What a user waits for where the rules of a kind are checked: the default server, with its feed. */
export const validatedPuts: Section = {
  name: 'validated-puts',
  title: 'putValidatedItem compared with putItem',
  async run(context) {
    const plan = context.quick ? PLANS.quick : PLANS.full;
    const countries = countryItems();
    const samples = await eachStart(plan.starts, context, (_, ownContext) =>
      measureStart(countries, plan, ownContext),
    );
    return report(samples, countries.length);
  },
};

/** Puts an item; answers the milliseconds that took. @throws when it is refused */
type Ask = (query: string, input: object) => Promise<number>;

async function measureStart(
  countries: readonly CountryItem[],
  { rounds, inTurn: number }: Plan,
  { progress }: BenchContext,
): Promise<Sample> {
  progress('starting appsync-items');
  const server = await startOurs();
  const pool = new Pool(new URL(server.url).origin, { connections: AT_ONCE });
  const ask = asker(pool, new URL(server.url).pathname);
  try {
    progress(`${countries.length} countries, ${AT_ONCE} at once`);
    const seconds = await putAllAtOnce(ask, countries);
    const some = countries.slice(0, number);
    const plain = () => inTurn(ask, PUT.query, some.map(plainInput));
    const validated = () => inTurn(ask, VALIDATED, some);
    await plain();
    await validated();
    const sample: Sample = { seconds, plain: [], validated: [] };
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      sample.plain.push(await plain());
      sample.validated.push(await validated());
    }
    return sample;
  } finally {
    await pool.close();
    await server.stop();
  }
}

/** The same payload under an id of its own. */
const plainInput = ({ id, payload }: CountryItem): object => ({ id: `plain-${id}`, payload });

const asker =
  (pool: Pool, path: string): Ask =>
  async (query, input) => {
    const sent = performance.now();
    const { body } = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...OUR_HEADERS },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const text = await body.text();
    if (!/^\{"data":\{"put(Validated)?Item":\{"id":/.test(text)) {
      throw new Error(`the server answered a put with ${text.slice(0, 500)}`);
    }
    return performance.now() - sent;
  };

async function putAllAtOnce(ask: Ask, countries: readonly CountryItem[]): Promise<number> {
  const open = [...countries];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        await ask(VALIDATED, next);
      }
    }),
  );
  return (performance.now() - begun) / 1000;
}

async function inTurn(ask: Ask, query: string, inputs: readonly object[]): Promise<number[]> {
  const milliseconds: number[] = [];
  for (const input of inputs) {
    milliseconds.push(await ask(query, input));
  }
  return milliseconds;
}

function report(samples: Sample[], count: number): SectionResult {
  const medians = (of: 'plain' | 'validated'): number[] =>
    samples.flatMap((sample) => sample[of].map((round) => median(round)));
  const all = (of: 'plain' | 'validated'): number[] => samples.flatMap((sample) => sample[of].flat());
  const seconds = samples.map((sample) => sample.seconds);
  const row = (label: string, of: 'plain' | 'validated') => [
    label,
    median(medians(of)),
    spreadText(medians(of)),
    quantile(all(of), 0.99),
    ratioOf(medians(of), medians('plain')),
  ];
  return {
    tables: [
      {
        title: `One put after the other, the payloads of ${count} countries, milliseconds`,
        columns: ['', 'p50', 'spread', 'p99', '× putItem'],
        rows: [row('putItem', 'plain'), row('putValidatedItem', 'validated')],
        notes: [
          'A validated put runs the Lambda function, which checks the rules of the kind, reads the item and writes it in a transaction ' +
            'with its unique values. The change feed publishes both kinds of puts, while the next put runs.',
          `All ${count} countries, ${AT_ONCE} at a time, on a freshly started server, cold start of the function included: ` +
            `${seconds.map((one) => one.toFixed(2)).join(', ')} s.`,
        ],
      },
    ],
    targets: [
      {
        name: 'putValidatedItem: warm p50 relative to that of putItem',
        ratio: ratioOf(medians('validated'), medians('plain')),
        atMost: 2.5,
      },
      {
        name: `${count} countries, ${AT_ONCE} at a time: time relative to ${WANTED_SECONDS} s`,
        ratio: median(seconds) / WANTED_SECONDS,
        atMost: 1,
      },
    ],
    plots: [],
    skipped: [],
    samples,
  };
}
