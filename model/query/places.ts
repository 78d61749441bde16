import type { Step } from '../payload-path.ts';

/** The values that a path may lead to, as `targetsOf` names the places of a stored payload; undefined for a place that is not there. */
export function valuesAt(payload: unknown, steps: readonly Step[]): unknown[] {
  let values = [payload];
  steps.forEach(({ text, kind }) => {
    const positions = kind === 'name' ? [] : values.map((value) => elementOf(value, Number(text)));
    const members = kind === 'position' ? [] : values.map((value) => memberOf(value, text));
    values = [...positions, ...members];
  });
  return values;
}

function elementOf(value: unknown, position: number): unknown {
  return Array.isArray(value) ? (value[position] as unknown) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
