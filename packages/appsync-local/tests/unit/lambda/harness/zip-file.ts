import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** One entry, stored without compression. */
export interface Entry {
  name: string;
  text: string;
  /** The Unix mode, with the type of the file. @default a file that its owner may write */
  mode?: number;
}

/** Writes a zip file (PKWARE's APPNOTE, 4.3), since Node.js reads and writes none itself. */
export function writeZip(path: string, entries: Entry[]): void {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, mode = 0o100644 } of entries) {
    const [file, data] = [Buffer.from(name), Buffer.from(text)];
    const common = [u16(20), u16(0), u16(0), u32(0), u32(crc32(data)), u32(data.length), u32(data.length)];
    const local = Buffer.concat([u32(0x04034b50), ...common, u16(file.length), u16(0), file, data]);
    const attributes = [u16(0), u16(0), u16(0), u32(mode * 0x10000), u32(offset)];
    directory.push(
      Buffer.concat([u32(0x02014b50), u16(0x0314), ...common, u16(file.length), u16(0), ...attributes, file]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u32(0), count, count, u32(central.length), u32(offset), u16(0)];
  writeFileSync(path, Buffer.concat([...locals, central, ...end]));
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
