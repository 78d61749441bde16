import { open } from 'node:fs/promises';

/** The first bytes of a zip file that has entries (PKWARE's APPNOTE, 4.3.7). */
const SIGNATURE = 'PK\x03\x04';

/** Whether a file is a zip file, whatever its name: CDK calls some `asset.HASH`, Java's end in `.jar`. */
export async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE.length), 0, SIGNATURE.length, 0);
    return bytesRead === SIGNATURE.length && buffer.toString('latin1') === SIGNATURE;
  } finally {
    await file.close();
  }
}
