import type { SchemaError } from './kind.ts';

/** Ajv adds these to the errors of the subschema that failed; those say it better. */
const ECHOES = new Set(['if', 'propertyNames']);
const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'contains']);

const isBelow = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}/`);

const isDetailOf = (error: SchemaError, parent: SchemaError): boolean =>
  error.schemaPath.startsWith(`${parent.schemaPath}/`) && isBelow(error.instancePath, parent.instancePath);

/** `2` for `#/properties/price/oneOf/2/required` below `#/properties/price/oneOf`. */
const branchOf = (error: SchemaError, parent: SchemaError): string =>
  error.schemaPath.slice(parent.schemaPath.length + 1).split('/', 1)[0] ?? '';

/** More than a payload of 400 KB can have of errors. */
const FAR = 1_000_000;

/** A branch whose type or tag does not fit is not the one that was meant, however few errors it has. */
const distance = (branch: readonly SchemaError[]): number =>
  branch.reduce((sum, { keyword }) => sum + (keyword === 'const' || keyword === 'type' ? FAR : 1), 0);

/** The errors of the branch that was meant, or null when no branch is nearer than all others. */
function nearestBranch(details: readonly SchemaError[], parent: SchemaError): readonly SchemaError[] | null {
  const branches = new Map<string, SchemaError[]>();
  for (const error of details) {
    const branch = branchOf(error, parent);
    const errors = branches.get(branch);
    if (errors) {
      errors.push(error);
    } else {
      branches.set(branch, [error]);
    }
  }
  const [first, second] = [...branches.values()].sort((a, b) => distance(a) - distance(b));
  return first && (!second || distance(first) < distance(second)) ? first : null;
}

/** Takes the details of an alternative away from the end of the errors before it, where Ajv puts them. */
function takeDetails(before: SchemaError[], parent: SchemaError): SchemaError[] {
  let start = before.length;
  while (start > 0 && isDetailOf(before[start - 1]!, parent)) {
    start -= 1;
  }
  return before.splice(start);
}

/** One alternative speaks: the branch that was meant, or the `oneOf` itself when that cannot be told. */
function speaking(details: readonly SchemaError[], parent: SchemaError): readonly SchemaError[] {
  const noneFits = parent.keyword !== 'contains' && !parent.params['passingSchemas'];
  return (noneFits ? nearestBranch(details, parent) : null) ?? [parent];
}

/**
 * Ajv reports every branch of a failed `oneOf` and every `if` beside its `then`. This keeps the errors a person can act on. Inner
 * alternatives come before outer ones in Ajv's order, so each is resolved on what is left of its own, and each error is looked at
 * once for each alternative around it: a list may have thousands.
 */
export function withoutNoise(errors: readonly SchemaError[]): SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors.filter(({ keyword }) => !ECHOES.has(keyword))) {
    const told = ALTERNATIVES.has(error.keyword) ? speaking(takeDetails(kept, error), error) : [error];
    for (const one of told) {
      kept.push(one);
    }
  }
  return kept;
}
