import type { SchemaError } from '../kind.ts';
import { withoutNoise } from '../noise.ts';

/** A function that Ajv compiled of a schema that a `$ref` leads to. It leaves what it found in its members until the next call. */
export interface Compiled {
  (data: unknown, context: Context): boolean;
  errors?: readonly SchemaError[] | null;
  /** The members and elements it looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
  evaluated?: object;
}

interface Context {
  instancePath?: string;
  /** By name, for `$dynamicRef`: what these are decides where it leads. */
  dynamicAnchors?: object;
}

interface Answer {
  instancePath: string | undefined;
  valid: boolean;
  errors: readonly SchemaError[] | null;
  evaluated: object | undefined;
}

const remembering = new WeakMap<Compiled, Compiled>();
/** The last answer of each function about a value. */
const answers = new WeakMap<object, Map<Compiled, Answer>>();

/**
 * The same function, which answers for each object and list once. Where the branches of a `oneOf` refer to one schema, as those of an
 * expression do to expressions, every branch asks of the same values: for ten levels and four branches that were a million answers, and
 * four times as many errors for each level more. So the errors are those a person can act on, as at the end.
 */
export function remembered(compiled: Compiled): Compiled {
  const known = remembering.get(compiled);
  if (known) {
    return known;
  }
  const asked: Compiled = (data, context) => {
    const { valid, errors, evaluated } = answerOf(compiled, data, context);
    asked.errors = errors;
    asked.evaluated = evaluated;
    return valid;
  };
  remembering.set(compiled, asked);
  return asked;
}

function answerOf(compiled: Compiled, data: unknown, context: Context): Answer {
  const { instancePath, dynamicAnchors = {} } = context;
  if (typeof data !== 'object' || data === null || Object.keys(dynamicAnchors).length > 0) {
    return ask(compiled, data, context);
  }
  const given = answers.get(data) ?? new Map<Compiled, Answer>();
  const before = given.get(compiled);
  if (before && before.instancePath === instancePath) {
    return before;
  }
  const answer = ask(compiled, data, context);
  answers.set(data, given.set(compiled, answer));
  return answer;
}

function ask(compiled: Compiled, data: unknown, context: Context): Answer {
  const valid = compiled(data, context);
  return {
    instancePath: context.instancePath,
    valid,
    errors: valid ? null : withoutNoise(compiled.errors ?? []),
    evaluated: compiled.evaluated && { ...compiled.evaluated },
  };
}
