import { setTimeout as sleep } from 'node:timers/promises';
import { Copy } from '../../tests/adopter/harness/copy.ts';
import { OUR_HEADERS } from '../harness/ours.ts';
import { type Server, startServer } from '../harness/server.ts';
import { median, quantile } from '../harness/statistics.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

/** Milliseconds between an answer and the next save, in which the app is synthesized: nobody waits for that. */
const PAUSE_MS = 2_500;
/** Saves of each kind of file. */
const SAVES = { full: 15, quick: 3 };

/** A kind of file, saved again and again with something else in it. */
interface Kind {
  name: string;
  file: string;
  /** Milliseconds that the median may take. */
  wantedMs: number;
  /** The file's text with a mark of this save. */
  text(before: string, mark: string): string;
  /** The new answer has the mark. */
  query: string;
}

const KINDS: Kind[] = [
  {
    name: 'resolver',
    file: 'resolvers/Query.getItem.ts',
    wantedMs: 250,
    text: (before, mark) =>
      replaced(before, /return readableItem\(.*\);/, `return { id: '${mark}', version: 1 };`),
    query: '{ getItem(id: "x") { id } }',
  },
  {
    name: 'Lambda function',
    file: 'functions/put-validated-item/handler.ts',
    wantedMs: 500,
    text: (before, mark) =>
      replaced(before, /=> \(\{ kind, schema \}\)/, `=> ({ kind: '${mark}' + kind, schema })`),
    query: '{ itemKinds { kind } }',
  },
  {
    name: 'schema, with the types that are generated of it',
    file: 'schema/schema.graphql',
    wantedMs: 2_000,
    text: (before, mark) => replaced(before, /^"An item: .*"$/m, `"An item: ${mark}"`),
    query: '{ __type(name: "Item") { description } }',
  },
];

function replaced(text: string, what: RegExp, by: string): string {
  const next = text.replace(what, () => by);
  if (next === text) {
    throw new Error(`there is no ${what} in what is to be saved`);
  }
  return next;
}

/** From saving a file to the first answer that the new one gives, with `npm run dev`. */
export const watch: Section = {
  name: 'watch',
  title: 'From saving a file to the first new answer',
  slow: true,
  async run(context) {
    const copy = new Copy();
    try {
      const server = await startDev(copy);
      try {
        return report(await takeTurns(copy, server, context));
      } finally {
        await server.stop();
      }
    } finally {
      copy.delete();
    }
  },
};

/** As the script `dev` starts it. */
function startDev({ folder }: Copy): Promise<Server> {
  const generate = ['--generate', 'node --import tsx schema/generate.ts'];
  const options = ['--port', '0', '--memory', '--watch', ...generate];
  return startServer({
    command: ['packages/appsync-local/bin/appsync-local.mjs', ...options],
    directory: folder,
    environment: { NODE_ENV: '' },
    ready: /^GraphQL URL\s+(\S+)[^]*^Ready/m,
  });
}

async function takeTurns(
  copy: Copy,
  server: Server,
  { quick, progress }: BenchContext,
): Promise<Map<Kind, number[]>> {
  const saves = quick ? SAVES.quick : SAVES.full;
  const before = new Map(KINDS.map((kind) => [kind, copy.read(kind.file)]));
  const samples = new Map(KINDS.map((kind) => [kind, [] as number[]]));
  // The first save of each kind has its process and its bundle to itself, and does not count.
  for (let save = 0; save <= saves; save += 1) {
    for (const kind of KINDS) {
      progress(`save ${save} of ${saves}: ${kind.name}`);
      const mark = `save${save}`;
      const text = kind.text(before.get(kind)!, mark);
      const ms = await timeToNewAnswer(copy, server, kind, text, mark);
      if (save > 0) {
        samples.get(kind)!.push(ms);
      }
      await sleep(PAUSE_MS);
    }
  }
  return samples;
}

const ASK_EVERY_MS = 3;
const GIVE_UP_MS = 60_000;

async function timeToNewAnswer(
  copy: Copy,
  server: Server,
  kind: Kind,
  text: string,
  mark: string,
): Promise<number> {
  const began = performance.now();
  copy.write(kind.file, text);
  while (!(await ask(server, kind.query)).includes(mark)) {
    if (performance.now() - began > GIVE_UP_MS) {
      throw new Error(`no new answer after a save of ${kind.file}: ${server.output().slice(-2_000)}`);
    }
    await sleep(ASK_EVERY_MS);
  }
  return performance.now() - began;
}

async function ask({ url }: Server, query: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OUR_HEADERS },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

function report(samples: Map<Kind, number[]>): SectionResult {
  const kinds = [...samples];
  return {
    tables: [
      {
        title: 'Milliseconds from the save to the first answer of the new code',
        columns: ['', 'saves', 'p50', 'p90', 'longest', 'wanted: p50 at most'],
        rows: kinds.map(([{ name, wantedMs }, times]) => [
          name,
          times.length,
          median(times),
          quantile(times, 0.9),
          Math.max(...times),
          wantedMs,
        ]),
        notes: [
          'A client polls every 3 ms. The kinds take turns. Each save follows 2.5 seconds after the previous answer, so that the synthesis in the background has ended.',
        ],
      },
    ],
    targets: kinds.map(([{ name, wantedMs }, times]) => ({
      name: `${name}: p50 relative to ${wantedMs} ms`,
      ratio: median(times) / wantedMs,
      atMost: 1,
    })),
    plots: [],
    skipped: [],
    samples: Object.fromEntries(kinds.map(([{ name }, times]) => [name, times])),
  };
}
