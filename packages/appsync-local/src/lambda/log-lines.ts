import type { Readable } from 'node:stream';

/** The longest line that is kept whole, in characters: the size limit of a CloudWatch Logs event (256 KB). */
const LONGEST_LINE = 262_144;

/**
 * Calls `take` for every line of a stream. A carriage return inside a line is a line break of the message: Lambda's Node.js
 * runtime writes it to keep a message one log event.
 */
export function readLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) {
      lines.push(rest);
      rest = '';
    }
    for (const line of lines) {
      take(line.replaceAll('\r', '\n'));
    }
  });
  stream.on('end', () => {
    if (rest !== '') {
      take(rest.replaceAll('\r', '\n'));
    }
  });
}
