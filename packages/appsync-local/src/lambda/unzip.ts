import { createWriteStream } from 'node:fs';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { open as openZip } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** The bits of a Unix file mode: the file's type, and who may do what. */
const TYPE = 0o170000;
const LINK = 0o120000;
const PERMISSIONS = 0o777;

/**
 * Unpacks a zip file as Lambda does, with permissions and symbolic links.
 * @param target a directory, made if it is missing
 * @throws Error for a damaged file, and for an entry or a link that leads out of the directory
 */
export async function unzip(path: string, target: string): Promise<void> {
  const zip = await promisify<string, { lazyEntries: true }, ZipFile>(openZip)(path, { lazyEntries: true });
  await mkdir(target, { recursive: true });
  const links: Link[] = [];
  await new Promise<void>((done, fail) => {
    zip.on('error', fail);
    zip.on('end', done);
    // yauzl refuses absolute names and those with `..` itself (validateFileName).
    zip.on(
      'entry',
      (entry: Entry) => void place(zip, entry, target, links).then(() => zip.readEntry(), fail),
    );
    zip.readEntry();
  }).finally(() => zip.close());
  // Last, so that no entry is written through a link: two links, each harmless, can lead outside together.
  for (const one of links) {
    await link(one, target);
  }
}

interface Link {
  destination: string;
  path: string;
}

async function place(zip: ZipFile, entry: Entry, target: string, links: Link[]): Promise<void> {
  const path = join(target, entry.fileName);
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const content = await promisify(zip.openReadStream.bind(zip) as OpenReadStream)(entry);
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & TYPE) === LINK) {
    links.push({ destination: await text(content), path });
    return;
  }
  await pipeline(content, createWriteStream(path));
  if ((mode & PERMISSIONS) !== 0) {
    await chmod(path, mode & PERMISSIONS);
  }
}

type OpenReadStream = (
  entry: Entry,
  callback: (error: Error | null, stream: NodeJS.ReadableStream) => void,
) => void;

async function link({ destination, path }: Link, target: string): Promise<void> {
  if (relative(target, resolve(dirname(path), destination)).startsWith('..')) {
    throw new Error(`the zip file links ${path} to ${destination}, outside of it`);
  }
  await symlink(destination, path);
}
