import { resolve } from 'node:path';
import { counted } from '../ground/counted.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { listSnapshots, readSnapshot } from '../snapshots/manifests.ts';
import { restoreSnapshot } from '../snapshots/restore.ts';
import { removeSnapshot, saveSnapshot } from '../snapshots/save.ts';
import { bytesOf, type Places, type Snapshot } from '../snapshots/snapshot.ts';
import { openDataDirectory } from '../start/data-directory.ts';
import { explainSystemError } from '../start/system-failure.ts';
import { parseArgs } from './arguments.ts';
import { endFailed } from './command-failure.ts';
import { endWithOutput } from './standard-output.ts';

const HELP = `Saves the data of a stopped server under a name, and restores it: tables, positions in their streams, and records that
event source mappings dropped. A snapshot contains items in clear text; protect it like them.

Usage: npx appsync-local data save NAME     saves the data
       npx appsync-local data restore NAME  replaces the data by a snapshot
       npx appsync-local data list          lists the snapshots
       npx appsync-local data remove NAME   removes a snapshot

  --data DIR       Directory of the data. Default: .local
  --snapshots DIR  Directory of the snapshots. Default: the folder snapshots in the data directory
  --replace        With save: replace a snapshot of this name.
  --force          With restore: replace tables that have other keys, or that cannot be read.
  --json           Print JSON.
  --help           Print this.`;

const OPTIONS = {
  data: { type: 'string' },
  snapshots: { type: 'string' },
  replace: { type: 'boolean' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const WORDS = ['save', 'restore', 'list', 'remove'] as const;
type Word = (typeof WORDS)[number];

async function main(): Promise<void> {
  endWithOutput();
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { word, name } = wordsOf(positionals);
  const places = placesOf(values);
  const begun = performance.now();
  const done = await run(word, name, places, values);
  const took = `${((performance.now() - begun) / 1000).toFixed(2)} s`;
  console.log(values.json ? JSON.stringify(done, null, 2) : textOf(word, [done].flat(), places, took));
}

function run(
  word: Word,
  name: string,
  places: Places,
  { replace = false, force = false }: { replace?: boolean; force?: boolean },
): Promise<Snapshot> | Snapshot | Snapshot[] {
  switch (word) {
    case 'save':
      return saveSnapshot(places, name, { replace, log });
    case 'restore':
      readSnapshot(places, name); // before it makes the directory
      openDataDirectory(places.data, log);
      return restoreSnapshot(places, name, { force, log });
    case 'list':
      return listSnapshots(places);
    case 'remove': {
      const snapshot = readSnapshot(places, name);
      removeSnapshot(places, snapshot);
      return snapshot;
    }
  }
}

const log = (line: string): void => console.error(`[dynamodb] ${line}`);

/** @throws StartFailure for words that are no command */
function wordsOf([word, name, ...more]: string[]): { word: Word; name: string } {
  const known = WORDS.find((each) => each === word);
  if (known === undefined || more.length > 0) {
    throw new StartFailure(
      `data takes save NAME, restore NAME, list or remove NAME, not "${[word, name, ...more].join(' ').trim()}"; see npx appsync-local data --help`,
    );
  }
  if ((known === 'list') !== (name === undefined)) {
    throw new StartFailure(
      `data ${known} takes ${known === 'list' ? 'no name' : 'the name of a snapshot'}; see npx appsync-local data --help`,
    );
  }
  return { word: known, name: name ?? '' };
}

function placesOf({ data = '.local', snapshots }: { data?: string; snapshots?: string }): Places {
  if (data === '' || snapshots === '') {
    throw new StartFailure(
      `--${data === '' ? 'data' : 'snapshots'} is empty, as from a variable that is not set; pass DIR or leave it out`,
    );
  }
  return { data: resolve(data), snapshots: resolve(snapshots ?? `${data}/snapshots`) };
}

function textOf(
  word: Word,
  snapshots: Snapshot[],
  { data, snapshots: folder }: Places,
  took: string,
): string {
  const [first] = snapshots;
  switch (word) {
    case 'save':
      return `Saved ${lineOf(first!)} in ${took}.`;
    case 'restore':
      return `Restored ${lineOf(first!)} to ${data} in ${took}.`;
    case 'remove':
      return `Removed ${first!.name}.`;
    case 'list':
      return snapshots.map(lineOf).join('\n') || `No snapshots in ${folder}.`;
  }
}

function lineOf(snapshot: Snapshot): string {
  const { name, savedAt, tables } = snapshot;
  const items = tables.reduce((sum, { ItemCount }) => sum + ItemCount, 0).toLocaleString('en-US');
  const megabytes = (bytesOf(snapshot) / 1e6).toFixed(1);
  const many = counted(tables.length, 'table');
  return `${name}  (${items} items in ${many}, ${megabytes} MB, saved ${savedAt.slice(0, 16).replace('T', ' ')} UTC)`;
}

main().catch((error: unknown) =>
  endFailed(explainSystemError(error, 'correct that, and run it again'), 'data'),
);
