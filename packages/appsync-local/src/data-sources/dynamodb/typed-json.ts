import { setOwn } from '../../ground/own-member.ts';
import type { Containers } from '../../runtime/runtime.types.ts';

/**
 * Reads typed values as plain ones, in one pass from an offset in a text.
 *
 * @param containers create the values
 * @returns the values and their end; null where the text is not compact JSON of typed values, or has maps of many members,
 * which the caller has to read another way
 */
export function readTyped<Value>(
  text: string,
  at: number,
  containers: Containers,
  read: (json: TypedJson) => Value,
): { value: Value; end: number } | null {
  const json = new TypedJson(text, at, containers);
  try {
    return { value: read(json), end: json.at };
  } catch (error) {
    if (error !== UNEXPECTED) {
      throw error;
    }
    return null;
  }
}

/** From this many members on, sorting a map as a whole is faster. */
const MANY = 64;

const UNEXPECTED = new Error('no compact JSON of typed values');

const REST_OF_STRING = /[^"\\]*(?:\\.[^"\\]*)*"/y;
const QUOTE = code('"');
const COLON = code(':');
const COMMA = code(',');
const MAP = [code('{'), code('}')] as const;
const LIST = [code('['), code(']')] as const;

function code(character: string): number {
  return character.charCodeAt(0);
}

/** Each method reads one element and moves past it; it throws UNEXPECTED when something else is there. */
export class TypedJson {
  at: number;
  private readonly text: string;
  private readonly containers: Containers;

  constructor(text: string, at: number, containers: Containers) {
    this.text = text;
    this.at = at;
    this.containers = containers;
  }

  /** Sorted by name, like `mapFromWire`: inserts each member at its place, which is fast for few members. */
  map(): Record<string, unknown> {
    const names: string[] = [];
    const values: unknown[] = [];
    this.expect(MAP[0]);
    if (!this.passes(MAP[1])) {
      do {
        const name = this.string();
        this.expect(COLON);
        insert(names, values, name, this.value());
      } while (this.passes(COMMA));
      this.expect(MAP[1]);
    }
    const map = this.containers.map();
    for (let index = 0; index < names.length; index += 1) {
      setOwn(map, names[index]!, values[index]);
    }
    return map;
  }

  list(read: () => unknown): unknown[] {
    const list = this.containers.list();
    this.expect(LIST[0]);
    if (!this.passes(LIST[1])) {
      do {
        list.push(read());
      } while (this.passes(COMMA));
      this.expect(LIST[1]);
    }
    return list;
  }

  private value(): unknown {
    this.expect(MAP[0]);
    const type = this.string();
    this.expect(COLON);
    const value = this.content(type);
    this.expect(MAP[1]);
    return value;
  }

  private content(type: string): unknown {
    switch (type) {
      case 'S':
      case 'B':
        return this.string();
      case 'N':
        return Number(this.string());
      case 'BOOL':
        return this.boolean();
      case 'NULL':
        this.boolean();
        return null;
      case 'M':
        return this.map();
      case 'L':
        return this.list(() => this.value());
      case 'SS':
      case 'BS':
        return this.list(() => this.string());
      case 'NS':
        return this.list(() => Number(this.string()));
      default:
        throw UNEXPECTED;
    }
  }

  private boolean(): boolean {
    const value = this.text.startsWith('true', this.at);
    if (!value && !this.text.startsWith('false', this.at)) {
      throw UNEXPECTED;
    }
    this.at += value ? 4 : 5;
    return value;
  }

  private string(): string {
    const start = this.at;
    this.expect(QUOTE);
    let end = this.text.indexOf('"', this.at);
    if (end < 0) {
      throw UNEXPECTED;
    }
    let text = this.text.slice(this.at, end);
    if (text.includes('\\')) {
      end = this.endOfEscaped();
      text = JSON.parse(this.text.slice(start, end + 1)) as string;
    }
    this.at = end + 1;
    return text;
  }

  private endOfEscaped(): number {
    REST_OF_STRING.lastIndex = this.at;
    if (!REST_OF_STRING.test(this.text)) {
      throw UNEXPECTED;
    }
    return REST_OF_STRING.lastIndex - 1;
  }

  private passes(character: number): boolean {
    if (this.text.charCodeAt(this.at) !== character) {
      return false;
    }
    this.at += 1;
    return true;
  }

  private expect(character: number): void {
    if (!this.passes(character)) {
      throw UNEXPECTED;
    }
  }
}

function insert(names: string[], values: unknown[], name: string, value: unknown): void {
  let place = names.length;
  if (place === MANY) {
    throw UNEXPECTED;
  }
  for (; place > 0 && names[place - 1]! > name; place -= 1) {
    names[place] = names[place - 1]!;
    values[place] = values[place - 1];
  }
  names[place] = name;
  values[place] = value;
}
