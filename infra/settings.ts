import { closestMatch } from 'leven';
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

/** A construct's node, or the context as the command line and `cdk.json` give it. */
export interface Context {
  tryGetContext(key: string): unknown;
}

type Values<Table> = {
  [Key in keyof Table]?: Table[Key] extends Setting<infer T> ? T : never;
};

/**
 * Reads the settings of a table from the CDK context, which `-c key=value` and `cdk.json` fill.
 * @param given values for keys that the context lacks @default none
 * @throws Mistake with each value that its setting does not take
 */
export function readSettings<Table extends Record<string, Setting<unknown>>>(
  node: Context,
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
export function settingsOfStage(node: Context, stage: string, table: object): Record<string, unknown> {
  const given: unknown = node.tryGetContext(stage) ?? {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Mistake(`"${stage}" in cdk.json: use an object of settings, { "alarmEmail": "…" }`);
  }
  refuse(
    Object.keys(given)
      .filter((key) => !Object.hasOwn(table, key))
      .map((key) => `"${key}" of "${stage}" in cdk.json: there is no such setting. ${instead(key, table)}`),
  );
  return given as Record<string, unknown>;
}

/**
 * Refuses keys that look like settings and are none, so that `-c satge=prod` does not deploy dev.
 * @param known the objects whose keys are settings
 * @throws Mistake with each such key
 */
export function refuseUnknown(context: Readonly<Record<string, unknown>>, known: object): void {
  refuse(
    Object.entries(context)
      .filter(([key]) => !Object.hasOwn(known, key) && !isOfTheCdk(key, known))
      .map(([key, value]) => `-c ${key}=${String(value)}: there is no such setting. ${instead(key, known)}`),
  );
}

/** Keys of the CDK have a colon, a slash or a hyphen. `alarm-email` is a setting in another spelling all the same. */
const isOfTheCdk = (key: string, known: object): boolean =>
  /[:/@]/.test(key) || (key.includes('-') && nearest(key, known) === undefined);

function instead(key: string, known: object): string {
  const meant = nearest(key, known);
  return meant === undefined
    ? `There are ${Object.keys(known).join(', ')}.`
    : `Did you mean ${meant}? All are in docs/operations.md, "Settings".`;
}

/** The key that differs in two letters at most, and in fewer than half of them; hyphens and capitals aside. */
function nearest(key: string, known: object): string | undefined {
  const plain = (text: string): string => text.replaceAll('-', '').toLowerCase();
  const maxDistance = Math.min(2, Math.ceil(plain(key).length / 2) - 1);
  const match = closestMatch(plain(key), Object.keys(known).map(plain), { maxDistance });
  return Object.keys(known).find((name) => plain(name) === match);
}

function refuse(problems: string[]): void {
  if (problems.length > 0) {
    throw new Mistake(problems.join('\n'));
  }
}

/** Numbers and flags of `cdk.json` may be such; `-c` gives texts. What is neither is no value of any setting. */
const textOf = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '\0';
