import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  validate,
  type ValidationRule,
} from 'graphql';
import { argumentsOfCorrectType } from './rules/arguments-of-correct-type.ts';
import { executableDefinitions } from './rules/executable-definitions.ts';
import { fieldsOnCorrectType } from './rules/fields-on-correct-type.ts';
import { fragmentsOnCompositeType } from './rules/fragments-on-composite-type.ts';
import { knownArgumentNames } from './rules/known-argument-names.ts';
import { knownDirectives } from './rules/known-directives.ts';
import { knownFragmentNames } from './rules/known-fragment-names.ts';
import { knownTypeNames } from './rules/known-type-names.ts';
import { loneAnonymousOperation } from './rules/lone-anonymous-operation.ts';
import { noFragmentCycles } from './rules/no-fragment-cycles.ts';
import { noUndefinedVariables } from './rules/no-undefined-variables.ts';
import { noUnusedFragments } from './rules/no-unused-fragments.ts';
import { noUnusedVariables } from './rules/no-unused-variables.ts';
import { overlappingFieldsCanBeMerged } from './rules/overlapping-fields.ts';
import { possibleFragmentSpreads } from './rules/possible-fragment-spreads.ts';
import { providedNonNullArguments } from './rules/provided-non-null-arguments.ts';
import { scalarLeafs } from './rules/scalar-leafs.ts';
import { uniqueOperationNames } from './rules/unique-operation-names.ts';
import { variableDefaultValuesOfCorrectType } from './rules/variable-default-values.ts';
import { variableTypesMatch } from './rules/variable-types-match.ts';
import { variablesAreInputTypes } from './rules/variables-are-input-types.ts';

/** Enough for people; graphql-java stops at 100 since version 17. */
const MAX_ERRORS = 100;

/** The rules of graphql-java 11, in its order; AppSync has no others (docs/facts/graphql.md#validation-rules). */
const rulesFor = (introspectionEnabled: boolean): ValidationRule[] => [
  executableDefinitions,
  argumentsOfCorrectType,
  fieldsOnCorrectType(introspectionEnabled),
  fragmentsOnCompositeType,
  knownArgumentNames,
  knownDirectives,
  knownFragmentNames,
  knownTypeNames,
  noFragmentCycles,
  noUndefinedVariables,
  noUnusedFragments,
  noUnusedVariables,
  overlappingFieldsCanBeMerged,
  possibleFragmentSpreads,
  providedNonNullArguments,
  scalarLeafs,
  variableDefaultValuesOfCorrectType,
  variablesAreInputTypes,
  variableTypesMatch,
  loneAnonymousOperation,
  uniqueOperationNames,
];

/** Validates documents against the schema, with errors in AppSync's words. */
export function createValidate(
  schema: GraphQLSchema,
  introspectionEnabled: boolean,
): (document: DocumentNode) => GraphQLError[] {
  const rules = rulesFor(introspectionEnabled);
  return (document) =>
    validate(schema, document, rules, { maxErrors: MAX_ERRORS })
      // graphql-js adds an error of its own when there are too many.
      .filter(({ nodes }) => nodes !== undefined);
}
