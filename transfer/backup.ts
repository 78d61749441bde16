import { BackupTypeFilter, CreateBackupCommand, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { runCommand } from './command.ts';
import { CONSTRAINTS_FLAG, type Flags, flagRows, parseFlags, PLACE_FLAGS, placeOf, text } from './options.ts';
import { Pace } from './pace.ts';
import { type Recovery, refuseWithoutBackups, windowOf } from './restore/point-in-time.ts';
import { type StageTables, stageTables } from './restore/stage-tables.ts';
import { openTarget } from './target.ts';
import { TransferFailure } from './transfer-failure.ts';

const FLAGS: Flags = {
  ...PLACE_FLAGS,
  ...CONSTRAINTS_FLAG,
  name: {
    type: 'string',
    value: 'NAME',
    says: 'Make a backup of each table under this name. It is kept until you delete it.',
  },
  help: { type: 'boolean', says: 'Print this.' },
};

const HELP = `Lists the times that a deployed stage can be restored to, and makes permanent backups.

Usage: npm run backup -- --table NAME --region R [--name NAME]

Without --name it lists, for each table of the stage, the times that point-in-time recovery can restore, and the
existing backups. To restore, use npm run restore; see docs/backups.md.

${flagRows(FLAGS)}`;

async function main(args: string[]): Promise<number> {
  const { values, file } = parseFlags(args, FLAGS, 'npm run backup');
  if (values['help']) {
    console.log(HELP);
    return 0;
  }
  if (file !== undefined) {
    throw new TransferFailure(`npm run backup takes no file, got ${file}; see npm run backup -- --help`);
  }
  const place = placeOf(values);
  const name = backupName(text(values['name']));
  const target = await openTarget(place);
  const recovery = { client: target.client, pace: new Pace(4), pollMs: 0 };
  try {
    const tables = await stageTables(target, place.constraints);
    if (name !== undefined) {
      await makeBackups(recovery, tables, name);
    }
    for (const table of Object.values(tables) as string[]) {
      console.log((await describe(recovery, table)).join('\n'));
    }
    return 0;
  } finally {
    target.client.destroy();
  }
}

/** @throws TransferFailure for a name that DynamoDB does not take (API, CreateBackup, BackupName) */
function backupName(name: string | undefined): string | undefined {
  if (name !== undefined && !/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw new TransferFailure(`--name ${name}: use 3 to 255 letters, digits, hyphens, dots and underscores`);
  }
  return name;
}

/** One after the other within seconds: each is of its own moment, unlike those of npm run restore. */
async function makeBackups(
  { client, pace }: Recovery,
  tables: StageTables,
  BackupName: string,
): Promise<void> {
  for (const TableName of Object.values(tables) as string[]) {
    await pace
      .call(() => client.send(new CreateBackupCommand({ TableName, BackupName })))
      .catch(refuseWithoutBackups);
  }
}

/** A table's window, and its backups by their time. */
async function describe(recovery: Recovery, table: string): Promise<string[]> {
  const { client, pace } = recovery;
  const window = await windowOf(recovery, table);
  const { BackupSummaries = [] } = await pace.call(() =>
    client.send(new ListBackupsCommand({ TableName: table, BackupType: BackupTypeFilter.ALL })),
  );
  const recoverable = window
    ? `any second from ${window.earliest.toISOString()} to ${window.latest.toISOString()}`
    : 'no point-in-time recovery';
  return [
    `${table}: ${recoverable}`,
    ...BackupSummaries.map(
      ({ BackupName, BackupCreationDateTime, BackupStatus, BackupType, BackupArn }) =>
        `  ${BackupName}, ${BackupCreationDateTime?.toISOString()}, ${BackupStatus}, ${BackupType}: ${BackupArn}`,
    ),
  ];
}

await runCommand(() => main(process.argv.slice(2)));
