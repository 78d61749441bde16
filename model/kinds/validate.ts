import { canonicalJson } from '../plain/canonical-json.ts';
import type { Violation } from '../refusal-info.ts';
import { escapeToken, shown } from '../text.ts';
import { isEmpty } from './claims.ts';
import type { Kind, SchemaError } from './kind.ts';
import { messageOf } from './messages.ts';
import { withoutNoise } from './noise.ts';
import { select, valueAt } from './pointer.ts';
import { unusableReferences } from './references.ts';
import { rules } from './rules/registry.ts';

/** The param that names the member a keyword misses or does not want: the path leads to that member. */
const MEMBER_PARAMS: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  dependencies: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
};

function pathOf({ keyword, instancePath, params, propertyName }: SchemaError): string {
  const name = propertyName ?? params[MEMBER_PARAMS[keyword] ?? ''];
  return typeof name === 'string' ? `${instancePath}/${escapeToken(name)}` : instancePath;
}

const schemaErrors = ({ validate }: Kind, payload: unknown): readonly SchemaError[] =>
  validate(payload) ? [] : (validate.errors ?? []);

const schemaViolations = (errors: readonly SchemaError[], payload: unknown): Violation[] =>
  withoutNoise(errors).map((error) => ({
    path: pathOf(error),
    rule: error.keyword,
    message: messageOf(error, valueAt(payload, error.instancePath)),
  }));

/** `/a/b` and what it is in: `/a` and the payload itself. */
function upwards(path: string): string[] {
  const ends = [...path].flatMap((character, index) => (character === '/' ? [index] : []));
  return [...ends.map((end) => path.slice(0, end)), path];
}

/** Says of a pointer whether the schema accepts the value there: nothing is wrong with it, inside it, or with what it is in. */
function acceptedBy(errors: readonly SchemaError[]): (pointer: string) => boolean {
  const broken = new Set(errors.map(pathOf));
  const around = new Set([...broken].flatMap(upwards));
  return (pointer) => !around.has(pointer) && !upwards(pointer).some((path) => broken.has(path));
}

/** Rules get only what the schema accepts, so that they need not ask for the shape of a value. The generator of the kinds refuses a rule that the registry does not know. */
function ruleViolations(kind: Kind, payload: unknown, isAccepted: (pointer: string) => boolean): Violation[] {
  return kind.rules.flatMap(({ rule, path }) =>
    select(payload, path)
      .filter(({ pointer }) => isAccepted(pointer))
      .flatMap(({ pointer, value }) => {
        const message = rules[rule]?.(value) ?? null;
        return message === null ? [] : [{ path: pointer, rule, message }];
      }),
  );
}

/** The same value twice where values are to be unique: reported at each occurrence but the first. */
function repeatsAt(pattern: string, payload: unknown): Violation[] {
  const seen = new Map<string, string>();
  return select(payload, pattern).flatMap(({ pointer, value }) => {
    const key = canonicalJson(value);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, pointer);
    }
    if (first === undefined || isEmpty(value)) {
      return [];
    }
    return [
      {
        path: pointer,
        rule: 'x-unique',
        message: `must be unique, ${shown(value) ?? 'its value'} is also at ${first}`,
      },
    ];
  });
}

/** `if` and `oneOf` may lead to one keyword by several ways; people need to hear of it once. */
function distinct(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((violation) => [canonicalJson(violation), violation])).values()];
}

/**
 * All violations that can be known without asking the table, in the order of the schema, then of the code rules, repeated values and
 * references that no item can have; empty when the payload is valid. A code rule is asked about values that the schema accepts only.
 */
export function validate(kind: Kind, payload: unknown): Violation[] {
  const errors = schemaErrors(kind, payload);
  return distinct([
    ...schemaViolations(errors, payload),
    ...ruleViolations(kind, payload, acceptedBy(errors)),
    ...kind.unique.flatMap((pattern) => repeatsAt(pattern, payload)),
    ...unusableReferences(kind, payload),
  ]);
}
