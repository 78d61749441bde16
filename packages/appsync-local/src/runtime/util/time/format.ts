import { DAYS, MONTHS, QUARTERS, styled } from './names.ts';
import { parsePattern } from './pattern.ts';
import type { Part } from './pattern.ts';
import type { Zone } from './zone.ts';

const DAY = 86_400_000;

/** A moment, and the local time of a zone then. */
interface Moment {
  epoch: number;
  zone: Zone;
  /** Seconds. */
  offset: number;
  /** The local time as if it were UTC: its UTC getters are the local fields. */
  local: Date;
}

/** Formats epoch milliseconds by a java.time pattern. @throws HelperFailure for an invalid pattern */
export function formatEpoch(epoch: number, pattern: string, zone: Zone): string {
  const offset = zone.offsetAt(epoch);
  const moment = { epoch, zone, offset, local: new Date(epoch + offset * 1000) };
  return formatParts(parsePattern(pattern), moment);
}

function formatParts(parts: Part[], moment: Moment): string {
  let text = '';
  for (const part of parts) {
    text += formatPart(part, moment);
  }
  return text;
}

function formatPart(part: Part, moment: Moment): string {
  if (part.kind === 'literal') {
    return part.text;
  }
  if (part.kind === 'optional') {
    return formatParts(part.parts, moment);
  }
  return (FIELDS[part.letter] as Field)(moment, part.count);
}

type Field = (moment: Moment, count: number) => string;

const padded = (value: number, count: number): string => String(value).padStart(count, '0');

/** Two letters give the last two digits; with four or more, a year that needs more digits gets its sign. */
function year(value: number, count: number): string {
  if (count === 2) {
    return padded(Math.abs(value) % 100, 2);
  }
  const digits = padded(Math.abs(value), count);
  const sign = value < 0 ? '-' : count >= 4 && digits.length > count ? '+' : '';
  return sign + digits;
}

const numberOr = (value: number, name: string, count: number): string =>
  count <= 2 ? padded(value, count) : styled(name, count);

const month: Field = ({ local }, count) =>
  numberOr(local.getUTCMonth() + 1, MONTHS[local.getUTCMonth()] as string, count);

const quarter: Field = ({ local }, count) => {
  const index = Math.floor(local.getUTCMonth() / 3);
  if (count === 3) {
    return `Q${index + 1}`;
  }
  return count === 4 ? (QUARTERS[index] as string) : padded(index + 1, count === 2 ? 2 : 1);
};

/** 0 for Monday. */
const weekday = ({ local }: Moment): number => (local.getUTCDay() + 6) % 7;

const dayOfYear = ({ local }: Moment): number =>
  Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1;

/** Weeks of Locale.US: they start on Sunday, and the first contains January 1. */
function week(moment: Moment): { year: number; week: number } {
  const thisYear = moment.local.getUTCFullYear();
  const saturday = new Date(moment.local.getTime() + (6 - moment.local.getUTCDay()) * DAY);
  if (saturday.getUTCFullYear() > thisYear) {
    return { year: thisYear + 1, week: 1 };
  }
  const firstDay = new Date(Date.UTC(thisYear, 0, 1)).getUTCDay();
  return { year: thisYear, week: Math.floor((dayOfYear(moment) - 1 + firstDay) / 7) + 1 };
}

const hour = ({ local }: Moment): number => local.getUTCHours();

const millisOfDay = ({ local }: Moment): number => ((local.getTime() % DAY) + DAY) % DAY;

/** @param minutes 'always', or 'needed' when they are not zero */
function offsetText(
  seconds: number,
  colon: string,
  minutes: 'always' | 'needed',
  withSeconds: boolean,
): string {
  const rest = Math.abs(seconds);
  const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map((part) =>
    padded(part, 2),
  );
  const wanted = withSeconds && rest % 60 !== 0 ? 3 : minutes === 'always' || parts[1] !== '00' ? 2 : 1;
  return (seconds < 0 ? '-' : '+') + parts.slice(0, wanted).join(colon);
}

const isoOffset: Field = ({ offset }, count) =>
  offsetText(offset, count === 3 || count === 5 ? ':' : '', count === 1 ? 'needed' : 'always', count >= 4);

const localizedOffset: Field = ({ offset }, count) => {
  if (offset === 0) {
    return 'GMT';
  }
  if (count === 4) {
    return `GMT${offsetText(offset, ':', 'always', true)}`;
  }
  return `GMT${offsetText(offset, ':', 'needed', true).replace(/^([+-])0/, '$1')}`;
};

const FIELDS: Record<string, Field> = {
  G: ({ local }, count) => {
    const isCommon = local.getUTCFullYear() > 0;
    if (count === 4) {
      return isCommon ? 'Anno Domini' : 'Before Christ';
    }
    return count === 5 ? (isCommon ? 'A' : 'B') : isCommon ? 'AD' : 'BC';
  },
  u: ({ local }, count) => year(local.getUTCFullYear(), count),
  y: ({ local }, count) => {
    const proleptic = local.getUTCFullYear();
    return year(proleptic > 0 ? proleptic : 1 - proleptic, count);
  },
  Y: (moment, count) => year(week(moment).year, count),
  Q: quarter,
  q: quarter,
  M: month,
  L: month,
  w: (moment, count) => padded(week(moment).week, count),
  d: ({ local }, count) => padded(local.getUTCDate(), count),
  D: (moment, count) => padded(dayOfYear(moment), count),
  E: (moment, count) => styled(DAYS[weekday(moment)] as string, Math.max(count, 3)),
  e: (moment, count) => numberOr(moment.local.getUTCDay() + 1, DAYS[weekday(moment)] as string, count),
  a: (moment) => (hour(moment) < 12 ? 'AM' : 'PM'),
  H: (moment, count) => padded(hour(moment), count),
  k: (moment, count) => padded(hour(moment) || 24, count),
  K: (moment, count) => padded(hour(moment) % 12, count),
  h: (moment, count) => padded(hour(moment) % 12 || 12, count),
  m: ({ local }, count) => padded(local.getUTCMinutes(), count),
  s: ({ local }, count) => padded(local.getUTCSeconds(), count),
  S: ({ local }, count) => padded(local.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, count),
  A: (moment, count) => padded(millisOfDay(moment), count),
  n: ({ local }, count) => padded(local.getUTCMilliseconds() * 1_000_000, count),
  N: (moment, count) => padded(millisOfDay(moment) * 1_000_000, count),
  V: ({ zone }) => zone.id,
  z: ({ zone, epoch }, count) => zone.nameAt(epoch, count === 4 ? 'long' : 'short'),
  O: localizedOffset,
  X: (moment, count) => (moment.offset === 0 ? 'Z' : isoOffset(moment, count)),
  x: isoOffset,
  Z: (moment, count) => {
    if (count === 4) {
      return localizedOffset(moment, 4);
    }
    if (count === 5) {
      return moment.offset === 0 ? 'Z' : isoOffset(moment, 5);
    }
    return isoOffset(moment, 2);
  },
};
