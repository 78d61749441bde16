import type { Node } from 'constructs';
import { Mistake } from './mistake.ts';

/** What one CDK context key takes. The tables of README.md and docs/operations.md print these words. */
export interface Setting<T> {
  says: string;
  /** Completes the sentence "use …" of a refusal. */
  takes: string;
  /** What the setting is without a value, as docs show it. */
  otherwise: string;
  /** @returns undefined for a text that it does not take */
  parse(text: string): T | undefined;
}

/** One word of a list. */
export const oneOf = <T extends string>(...words: T[]) => ({
  takes: `one of ${words.join(', ')}`,
  parse: (text: string) => words.find((word) => word === text),
});

/** A text that a pattern matches. @param takes the pattern in words */
export const matching = (pattern: RegExp, takes: string) => ({
  takes,
  parse: (text: string) => (pattern.test(text) ? text : undefined),
});

/** A whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => ({
  takes: `a whole number from ${least} to ${most}`,
  parse: (text: string) =>
    /^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined,
});

/** `true` or `false`. */
export const flag = {
  takes: 'true or false',
  parse: (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

type Values<Table> = {
  [Key in keyof Table]?: Table[Key] extends Setting<infer T> ? T : never;
};

/**
 * Reads the settings of a table from the CDK context, which `-c key=value` and `cdk.json` fill.
 * @param given values for keys that the context lacks @default none
 * @throws Mistake with each value that its setting does not take
 */
export function readSettings<Table extends Record<string, Setting<unknown>>>(
  node: Node,
  table: Table,
  given: Record<string, unknown> = {},
): Values<Table> {
  const problems: string[] = [];
  const values = Object.entries(table).flatMap(([key, { takes, parse }]) => {
    const value: unknown = node.tryGetContext(key) ?? given[key];
    if (value === undefined) {
      return [];
    }
    const parsed = parse(textOf(value));
    if (parsed === undefined) {
      problems.push(`-c ${key}=${String(value)}: use ${takes}`);
    }
    return [[key, parsed] as const];
  });
  refuse(problems);
  return Object.fromEntries(values) as Values<Table>;
}

/**
 * The settings of one stage in `cdk.json`, below its name: `"context": { "prod": { "alarmEmail": "…" } }`.
 * @throws Mistake with each key that `table` lacks
 */
export function settingsOfStage(node: Node, stage: string, table: object): Record<string, unknown> {
  const given: unknown = node.tryGetContext(stage) ?? {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Mistake(`"${stage}" in cdk.json: use an object of settings, { "alarmEmail": "…" }`);
  }
  refuse(
    Object.keys(given)
      .filter((key) => !Object.hasOwn(table, key))
      .map((key) => `"${key}" of "${stage}" in cdk.json: there is no such setting. ${thereAre(table)}`),
  );
  return given as Record<string, unknown>;
}

/**
 * Refuses keys that look like settings and are none, so that `-c satge=prod` does not deploy dev. Keys of the CDK itself have a
 * colon, a slash or a hyphen.
 * @param known the objects whose keys are settings
 * @throws Mistake with each such key
 */
export function refuseUnknown(node: Node, known: Record<string, unknown>): void {
  refuse(
    Object.entries(node.getAllContext() as Record<string, unknown>)
      .filter(([key]) => /^\w+$/.test(key) && !Object.hasOwn(known, key))
      .map(([key, value]) => `-c ${key}=${String(value)}: there is no such setting. ${thereAre(known)}`),
  );
}

const thereAre = (table: object): string => `There are ${Object.keys(table).join(', ')}.`;

function refuse(problems: string[]): void {
  if (problems.length > 0) {
    throw new Mistake(problems.join('\n'));
  }
}

/** Numbers and flags of `cdk.json` may be such; `-c` gives texts. What is neither is no value of any setting. */
const textOf = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '\0';
