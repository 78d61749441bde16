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

/** A branch whose type or tag does not fit is not the one that was meant, however few errors it has. */
const distance = (branch: readonly SchemaError[]): number =>
  branch.reduce((sum, { keyword }) => sum + (keyword === 'const' || keyword === 'type' ? 1000 : 1), 0);

/** The errors of the branch that was meant, or null when no branch is nearer than all others. */
function nearestBranch(details: readonly SchemaError[], parent: SchemaError): readonly SchemaError[] | null {
  const branches = new Set(details.map((error) => branchOf(error, parent)));
  const [first, second] = [...branches]
    .map((branch) => details.filter((error) => branchOf(error, parent) === branch))
    .sort((a, b) => distance(a) - distance(b));
  return first && (!second || distance(first) < distance(second)) ? first : null;
}

/** One alternative speaks: the branch that was meant, or the `oneOf` itself when that cannot be told. */
function resolve(errors: readonly SchemaError[], parent: SchemaError): readonly SchemaError[] {
  const details = errors.filter((error) => isDetailOf(error, parent));
  const noneFits = parent.keyword !== 'contains' && !parent.params['passingSchemas'];
  const nearest = noneFits ? nearestBranch(details, parent) : null;
  const silent = new Set(
    nearest ? [parent, ...details.filter((error) => !nearest.includes(error))] : details,
  );
  return errors.filter((error) => !silent.has(error));
}

/**
 * Ajv reports every branch of a failed `oneOf` and every `if` beside its `then`. This keeps the errors a person can
 * act on. Inner alternatives come before outer ones in Ajv's order, so each is resolved on what is left of its own.
 */
export const withoutNoise = (errors: readonly SchemaError[]): readonly SchemaError[] =>
  errors
    .filter(({ keyword }) => ALTERNATIVES.has(keyword))
    .reduce(
      resolve,
      errors.filter(({ keyword }) => !ECHOES.has(keyword)),
    );
