import { HelperFailure } from '../../interruption.ts';

/** A time zone: an id, its offset from UTC in seconds at a moment (epoch milliseconds), and its English names. */
export interface Zone {
  id: string;
  offsetAt(epoch: number): number;
  nameAt(epoch: number, style: 'short' | 'long'): string;
}

const DAY = 86_400_000;

const known = new Map<string, Zone | undefined>();

/** A zone by IANA name (`Australia/Perth`), offset (`+08:00`, `GMT+8`) or `UTC`; undefined for anything else. */
export function findZone(id: string): Zone | undefined {
  if (!known.has(id)) {
    known.set(id, fixedZone(id) ?? regionZone(id));
  }
  return known.get(id);
}

/** @throws HelperFailure for an unknown zone */
export function zoneNamed(id: string): Zone {
  const zone = findZone(id);
  if (!zone) {
    throw new HelperFailure(`"${id}" is not a time zone; use a name like "Australia/Perth" or "+08:00"`);
  }
  return zone;
}

export const UTC: Zone = fixed('UTC', 0);

/**
 * The moment at which the clocks of a zone show a local time, given as if it were UTC. Like java.time: of two such moments the
 * earlier one, and a time that clocks skip moves on by the gap.
 */
export function epochOf(local: number, zone: Zone): number {
  const before = zone.offsetAt(local - DAY) * 1000;
  const after = zone.offsetAt(local + DAY) * 1000;
  const isRight = (offset: number) => zone.offsetAt(local - offset) * 1000 === offset;
  return local - (isRight(before) || !isRight(after) ? before : after);
}

/** Seconds for `+08:00`, `-0330`, `+8`, `Z`; undefined for anything else. */
export function offsetSeconds(text: string): number | undefined {
  if (text === 'Z') {
    return 0;
  }
  const found = /^([+-])(\d{1,2})(?::?([0-5]\d)(?::?([0-5]\d))?)?$/.exec(text);
  if (!found) {
    return undefined;
  }
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
  // java.time.ZoneOffset ends at 18 hours.
  if (seconds > 18 * 3600) {
    return undefined;
  }
  return found[1] === '-' ? -seconds : seconds;
}

function fixedZone(id: string): Zone | undefined {
  const [, , offset] = /^(UTC|GMT|UT)?(.*)$/s.exec(id) as unknown as [string, string | undefined, string];
  const seconds = offset === '' ? 0 : offsetSeconds(offset);
  return seconds === undefined || id === '' ? undefined : fixed(id, seconds);
}

function fixed(id: string, seconds: number): Zone {
  const long = id === 'UTC' ? 'Coordinated Universal Time' : id === 'GMT' ? 'Greenwich Mean Time' : id;
  return { id, offsetAt: () => seconds, nameAt: (_epoch, style) => (style === 'long' ? long : id) };
}

function regionZone(id: string): Zone | undefined {
  try {
    const offset = zonePart(id, 'longOffset');
    const names = { short: zonePart(id, 'short'), long: zonePart(id, 'long') };
    return {
      id,
      offsetAt: (epoch) => offsetSeconds(offset(epoch).slice('GMT'.length) || 'Z') ?? 0,
      nameAt: (epoch, style) => names[style](epoch),
    };
  } catch {
    // Intl throws a RangeError for an unknown name.
    return undefined;
  }
}

function zonePart(
  timeZone: string,
  timeZoneName: 'longOffset' | 'short' | 'long',
): (epoch: number) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName });
  return (epoch) => format.formatToParts(epoch).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
