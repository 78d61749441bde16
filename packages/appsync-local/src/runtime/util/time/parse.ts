import { HelperFailure } from '../../interruption.ts';
import { DAYS, MONTHS, styled } from './names.ts';
import { parsePattern } from './pattern.ts';
import type { Part } from './pattern.ts';
import { epochOf, findZone, offsetSeconds } from './zone.ts';
import type { Zone } from './zone.ts';

const DAY = 86_400_000;

/** The fields that a text gave; a field that it did not give is absent. */
interface Fields {
  year?: number;
  era?: 'AD' | 'BC';
  month?: number;
  day?: number;
  dayOfYear?: number;
  /** 1 for Monday. */
  weekday?: number;
  /** 0 to 24. */
  hour?: number;
  /** 0 to 11, with `half`. */
  halfHour?: number;
  half?: 'AM' | 'PM';
  minute?: number;
  second?: number;
  /** Whole milliseconds: java.time keeps nanoseconds, which epoch milliseconds cannot hold. */
  millisecond?: number;
  milliOfDay?: number;
  zone?: Zone;
}

interface Reader {
  /** Regular expression without capturing groups. */
  source: (count: number) => string;
  /** Returns false when the text cannot be valid. */
  apply: (fields: Fields, text: string, count: number) => boolean;
}

/**
 * Reads a text by a java.time pattern into epoch milliseconds.
 *
 * @param zone for a pattern without a zone
 * @returns null when the text does not fit or does not name a moment, like the VTL helpers
 * @throws HelperFailure for an invalid pattern
 */
export function parseToEpoch(text: string, pattern: string, zone: Zone | undefined): number | null {
  const { expression, readers } = compiled(pattern);
  const found = expression.exec(text);
  if (!found) {
    return null;
  }
  const fields: Fields = {};
  const fits = readers.every(({ reader, count }, index) => {
    const part = found[index + 1];
    return part === undefined || reader.apply(fields, part, count);
  });
  return fits ? toEpoch(fields, zone) : null;
}

/** Reads `2018-02-01T17:21:05.180+08:00` into epoch milliseconds; null for anything without date, time and offset. */
export function parseIso8601(text: string): number | null {
  const found =
    /^([+-]?\d{4,9})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)(?:\[[^\]]+\])?$/i.exec(
      text,
    );
  if (!found) {
    return null;
  }
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const zone = findZone((found[8] as string).toUpperCase());
  const millisecond = fraction(found[7] ?? '0');
  return toEpoch({ year, month, day, hour, minute, second, millisecond } as Fields, zone);
}

const fraction = (digits: string): number => Number(digits.padEnd(3, '0').slice(0, 3));

// --- a pattern as a regular expression and readers for its groups ---------------------------------------------------

interface Compiled {
  expression: RegExp;
  readers: { reader: Reader; count: number }[];
}

const CACHE_SIZE = 500;
const cache = new Map<string, Compiled>();

function compiled(pattern: string): Compiled {
  const known = cache.get(pattern);
  if (known) {
    return known;
  }
  if (cache.size >= CACHE_SIZE) {
    cache.clear();
  }
  const readers: Compiled['readers'] = [];
  const source = sourceOf(parsePattern(pattern), pattern, readers);
  const made = { expression: new RegExp(`^${source}$`), readers };
  cache.set(pattern, made);
  return made;
}

const sourceOf = (parts: Part[], pattern: string, readers: Compiled['readers']): string =>
  parts
    .map((part) => {
      if (part.kind === 'literal') {
        return quote(part.text);
      }
      if (part.kind === 'optional') {
        return `(?:${sourceOf(part.parts, pattern, readers)})?`;
      }
      const reader = READERS[part.letter];
      if (!reader) {
        throw new HelperFailure(
          `The date format "${pattern}" cannot be parsed: it has the letter ${part.letter}`,
        );
      }
      readers.push({ reader, count: part.count });
      return `(${reader.source(part.count)})`;
    })
    .join('');

const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

// --- readers -----------------------------------------------------------------------------------------------------------

type NumberField = {
  [name in keyof Fields]: Fields[name] extends number | undefined ? name : never;
}[keyof Fields];

const number = (field: NonNullable<NumberField>, digits: number, low: number, high: number): Reader => ({
  source: (count) => (count === 1 ? `\\d{1,${digits}}` : `\\d{${count},${Math.max(count, digits)}}`),
  apply: (fields, text) => {
    const value = Number(text);
    fields[field] = value;
    return value >= low && value <= high;
  },
});

/** Two letters are a year from 2000 to 2099. */
const year: Reader = {
  source: (count) => (count === 2 ? '\\d{2}' : `[+-]?\\d{${count},19}`),
  apply: (fields, text, count) => {
    fields.year = count === 2 ? 2000 + Number(text) : Number(text);
    return true;
  },
};

const names = (list: readonly string[], count: number): string =>
  list.map((name) => styled(name, count)).join('|');

const month: Reader = {
  source: (count) => (count <= 2 ? monthNumber.source(count) : names(MONTHS, count)),
  apply: (fields, text, count) => {
    if (count <= 2) {
      return monthNumber.apply(fields, text, count);
    }
    fields.month = MONTHS.findIndex((name) => styled(name, count) === text) + 1;
    // Narrow names are ambiguous (J is January, June and July); Java refuses them too.
    return count < 5;
  },
};
const monthNumber = number('month', 2, 1, 12);

const weekday: Reader = {
  source: (count) => names(DAYS, Math.max(count, 3)),
  apply: (fields, text, count) => {
    fields.weekday = DAYS.findIndex((name) => styled(name, Math.max(count, 3)) === text) + 1;
    return count < 5;
  },
};

const hourOfHalf = (high: 11 | 12): Reader => ({
  ...number('halfHour', 2, high - 11, high),
  apply: (fields, text) => {
    fields.halfHour = Number(text) % 12;
    return Number(text) >= high - 11 && Number(text) <= high;
  },
});

const OFFSET = '[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?';

const offset = (source: string): Reader => ({
  source: () => source,
  apply: (fields, text) => {
    const seconds = offsetSeconds(text.replace(/^GMT/, '') || 'Z');
    fields.zone = seconds === undefined ? undefined : findZone(text);
    return fields.zone !== undefined;
  },
});

const zone: Reader = {
  source: () => '[A-Za-z][A-Za-z0-9/_+:-]*|[+-][\\d:]+',
  apply: (fields, text) => {
    fields.zone = findZone(text);
    return fields.zone !== undefined;
  },
};

const READERS: Record<string, Reader> = {
  G: {
    source: (count) => (count === 4 ? 'Anno Domini|Before Christ' : count === 5 ? 'A|B' : 'AD|BC'),
    apply: (fields, text) => {
      fields.era = text.startsWith('A') ? 'AD' : 'BC';
      return true;
    },
  },
  u: year,
  y: year,
  M: month,
  L: month,
  d: number('day', 2, 1, 31),
  D: number('dayOfYear', 3, 1, 366),
  E: weekday,
  a: {
    source: () => 'AM|PM',
    apply: (fields, text) => {
      fields.half = text as 'AM' | 'PM';
      return true;
    },
  },
  H: number('hour', 2, 0, 24),
  k: {
    ...number('hour', 2, 1, 24),
    apply: (fields, text) => {
      fields.hour = Number(text) % 24;
      return Number(text) >= 1 && Number(text) <= 24;
    },
  },
  K: hourOfHalf(11),
  h: hourOfHalf(12),
  m: number('minute', 2, 0, 59),
  s: number('second', 2, 0, 59),
  S: {
    source: (count) => `\\d{${count}}`,
    apply: (fields, text) => {
      fields.millisecond = fraction(text);
      return true;
    },
  },
  A: number('milliOfDay', 8, 0, DAY - 1),
  n: {
    source: (count) => `\\d{${count},9}`,
    apply: (fields, text) => {
      fields.millisecond = Math.floor(Number(text) / 1_000_000);
      return true;
    },
  },
  N: {
    source: (count) => `\\d{${count},14}`,
    apply: (fields, text) => {
      fields.milliOfDay = Math.floor(Number(text) / 1_000_000);
      return fields.milliOfDay < DAY;
    },
  },
  V: zone,
  z: zone,
  O: offset('GMT(?:[+-]\\d{1,2}(?::\\d{2}){0,2})?'),
  X: offset(`Z|${OFFSET}`),
  x: offset(OFFSET),
  Z: offset(`GMT(?:${OFFSET})?|Z|${OFFSET}`),
};

// --- fields into a moment ------------------------------------------------------------------------------------------------

function toEpoch(fields: Fields, given: Zone | undefined): number | null {
  const zoneOf = fields.zone ?? given;
  const date = dateOf(fields);
  const time = timeOf(fields);
  if (!zoneOf || date === null || time === null) {
    return null;
  }
  if (fields.weekday !== undefined && new Date(date).getUTCDay() !== fields.weekday % 7) {
    return null;
  }
  return epochOf(date + time, zoneOf);
}

/** The day's midnight as if it were UTC. */
function dateOf({ year: given, era, month: wanted, day, dayOfYear }: Fields): number | null {
  if (given === undefined) {
    return null;
  }
  const proleptic = era === 'BC' ? 1 - given : given;
  if (dayOfYear !== undefined) {
    return midnight(proleptic, 0, dayOfYear);
  }
  if (wanted === undefined || day === undefined || wanted < 1 || wanted > 12 || day < 1 || day > 31) {
    return null;
  }
  // java.time resolves smartly: the 31st of a shorter month is its last day.
  const last = new Date(midnight(proleptic, wanted, 0)).getUTCDate();
  return midnight(proleptic, wanted - 1, Math.min(day, last));
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
const midnight = (year: number, month: number, day: number): number =>
  new Date(0).setUTCFullYear(year, month, day);

/** Milliseconds since midnight; null without an hour. */
function timeOf(fields: Fields): number | null {
  if (fields.milliOfDay !== undefined) {
    return fields.milliOfDay;
  }
  const hour = fields.hour ?? hourOf(fields);
  if (hour === null) {
    return null;
  }
  const { minute = 0, second = 0, millisecond = 0 } = fields;
  const rest = (minute * 60 + second) * 1000 + millisecond;
  // 24:00 is the end of the day; 24:01 is invalid.
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && rest > 0)) {
    return null;
  }
  return hour * 3_600_000 + rest;
}

const hourOf = ({ halfHour, half }: Fields): number | null =>
  halfHour === undefined || half === undefined ? null : halfHour + (half === 'PM' ? 12 : 0);
