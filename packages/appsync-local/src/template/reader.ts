import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { shown } from './json.ts';

/**
 * Reads properties by name, in the form that they must have. Numbers and flags may be text, because parameters are text. Every
 * method throws StartFailure, with the place, for a value in another form.
 */
export interface Reader {
  /** For messages: `stack Items, resource Tasks`. */
  where: string;
  value(name: string): unknown;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  optionalNumber(name: string): number | undefined;
  flag(name: string): boolean;
  /** Empty when absent. */
  list(name: string): unknown[];
  /** Empty when absent; numbers and flags become text. */
  texts(name: string): Record<string, string>;
  section(name: string): Reader;
  optionalSection(name: string): Reader | undefined;
  /** Empty when absent. */
  sections(name: string): Reader[];
}

/** @param value resolves a property; undefined when absent */
export function createReader(where: string, value: (name: string) => unknown): Reader {
  const refuse = (name: string, form: string): never => {
    const found = value(name);
    throw new StartFailure(
      found === undefined
        ? `${where}: ${name} is missing`
        : `${where}: ${name} must be ${form}; it is ${shown(found)}`,
    );
  };
  const isAbsent = (name: string): boolean => value(name) === undefined || value(name) === null;

  const text = (name: string): string => {
    const found = value(name);
    return isScalar(found) ? String(found) : refuse(name, 'text');
  };

  const number = (name: string): number => {
    const found = text(name);
    return found !== '' && Number.isFinite(Number(found)) ? Number(found) : refuse(name, 'a number');
  };

  const list = (name: string): unknown[] => {
    const found = isAbsent(name) ? [] : value(name);
    return Array.isArray(found) ? found : refuse(name, 'a list');
  };

  const nested = (name: string, found: unknown): Reader =>
    isRecord(found)
      ? createReader(`${where}, ${name}`, (member) => found[member])
      : refuse(name, 'an object');

  return {
    where,
    value,
    text,
    optionalText: (name) => (isAbsent(name) ? undefined : text(name)),
    optionalNumber: (name) => (isAbsent(name) ? undefined : number(name)),
    flag: (name) => String(value(name)) === 'true',
    list,
    texts: (name) => (isAbsent(name) ? {} : (textsOf(value(name)) ?? refuse(name, 'an object of texts'))),
    section: (name) => nested(name, value(name)),
    optionalSection: (name) => (isAbsent(name) ? undefined : nested(name, value(name))),
    sections: (name) => list(name).map((item) => nested(name, item)),
  };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function textsOf(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value) || !Object.values(value).every(isScalar)) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, String(member)]));
}
