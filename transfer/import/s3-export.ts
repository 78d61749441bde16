import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TransferFailure } from '../transfer-failure.ts';

/** A data file of an export, with the number of its items by the manifest. */
export interface DataFile {
  path: string;
  itemCount: number;
}

const SUMMARY = 'manifest-summary.json';
const FILES = 'manifest-files.json';

/**
 * The data files of a local copy of a full export to S3 (DynamoDB Developer Guide, "DynamoDB table export output format"): the
 * folder with `manifest-summary.json`, or one above it.
 *
 * @throws TransferFailure for a folder without a manifest, other kinds of exports, and missing files
 */
export function dataFilesOf(folder: string): DataFile[] {
  const place = folderOfManifest(folder);
  const summary = read(join(place, SUMMARY)) as { outputFormat?: string; exportType?: string };
  if (summary.outputFormat !== 'DYNAMODB_JSON') {
    throw new TransferFailure(
      `${place} is an export in ${summary.outputFormat}; export the table as DYNAMODB_JSON`,
    );
  }
  if (summary.exportType === 'INCREMENTAL_EXPORT') {
    throw new TransferFailure(
      `${place} is an incremental export, which holds changes and not items; import a full export`,
    );
  }
  return readFileSync(join(place, FILES), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => dataFile(place, JSON.parse(line) as { itemCount: number; dataFileS3Key: string }));
}

/** Keys name the file in its bucket; in the copy the last part of the key is in `data`, beside the manifest. */
function dataFile(
  place: string,
  { itemCount, dataFileS3Key }: { itemCount: number; dataFileS3Key: string },
): DataFile {
  const path = join(place, 'data', basename(dataFileS3Key));
  if (!existsSync(path)) {
    throw new TransferFailure(
      `${path} is missing, which ${FILES} names as ${dataFileS3Key}; copy the whole export`,
    );
  }
  return { path, itemCount };
}

function folderOfManifest(folder: string): string {
  const above = ['.', 'AWSDynamoDB'].map((name) => join(folder, name)).filter((path) => existsSync(path));
  const places = above.flatMap((path) => [path, ...foldersIn(path)]);
  const found = [...new Set(places)].filter((path) => existsSync(join(path, SUMMARY)));
  if (found.length === 1) {
    return found[0]!;
  }
  throw new TransferFailure(
    found.length === 0
      ? `${folder} is a folder without ${SUMMARY}; pass a file, or the folder of an export to S3`
      : `${folder} holds several exports; pass one of ${found.join(', ')}`,
  );
}

const foldersIn = (path: string): string[] =>
  readdirSync(path)
    .map((name) => join(path, name))
    .filter((one) => statSync(one).isDirectory());

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new TransferFailure(`${path} cannot be read: ${(error as Error).message}`);
  }
}
