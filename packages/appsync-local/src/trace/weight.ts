/** Stands for a value that was not kept, because its request holds as much as a request may. */
export class Cut {
  /** About how many bytes the value has. */
  readonly bytes: number;

  constructor(bytes: number) {
    this.bytes = bytes;
  }
}

/** Bytes of a member or element beside its text: its slot and its share of the object. */
const BYTES_PER_VALUE = 16;
/** V8 holds a character in one or two bytes. */
const BYTES_PER_CHARACTER = 2;

/** About how many bytes of memory a JSON value takes. Stops counting once that is more than `most`. */
export function weigh(value: unknown, most: number): number {
  if (typeof value === 'string') {
    return BYTES_PER_VALUE + value.length * BYTES_PER_CHARACTER;
  }
  let bytes = BYTES_PER_VALUE;
  if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      bytes += name.length + weigh(member, most - bytes);
      if (bytes > most) {
        break;
      }
    }
  }
  return bytes;
}

export const weightOfText = (text: string): number => text.length * BYTES_PER_CHARACTER;

/**
 * The weight of a value that was just copied out of the realm, whose copier counts six bytes for each character, what JSON
 * takes for the worst one.
 */
export const weightOfCopy = (mostBytes: number): number => Math.ceil(mostBytes / 3);
