import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { documentCheck, GJ, observed, type DocumentRow } from './document-check.ts';

const ROWS: DocumentRow[] = [
  {
    id: 'GQL-101',
    wrong: 'a field that its type does not have',
    query: '{ nope }',
    says: ["FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'"],
    ...observed('graphql/graphql-over-http#81'),
  },
  {
    id: 'GQL-102',
    wrong: 'an unknown nested field, with names, not aliases, in the path',
    query: '{ o: out { a: author { nope } } }',
    says: ["FieldUndefined: Field 'nope' in type 'Author' is undefined @ 'out/author/nope'"],
    ...observed('aws-amplify/amplify-swift#1589'),
  },
  {
    id: 'GQL-103',
    wrong: 'a field selected on a union',
    query: '{ any { name } }',
    says: ["FieldUndefined: Field 'name' in type 'Any' is undefined @ 'any/name'"],
    ...GJ('FieldsOnCorrectType'),
  },
  {
    id: 'GQL-104',
    wrong: 'an argument that is missing',
    query: '{ hello }',
    says: ["MissingFieldArgument: Missing field argument name @ 'hello'"],
    ...GJ('ProvidedNonNullArguments'),
  },
  {
    id: 'GQL-105',
    wrong: 'an argument of a directive that is missing',
    query: '{ unattached @skip }',
    says: ["MissingDirectiveArgument: Missing directive argument if @ 'unattached'"],
    ...GJ('ProvidedNonNullArguments'),
  },
  {
    id: 'GQL-106',
    wrong: 'an argument that the field does not have',
    query: '{ hello(name: "a", nope: 1) }',
    says: ["UnknownArgument: Unknown field argument nope @ 'hello'"],
    ...GJ('KnownArgumentNames'),
  },
  {
    id: 'GQL-107',
    wrong: 'a directive that does not exist',
    query: '{ unattached @nope }',
    says: ["UnknownDirective: Unknown directive nope @ 'unattached'"],
    ...GJ('KnownDirectives'),
  },
  {
    id: 'GQL-108',
    wrong: 'an argument that the directive does not have',
    query: '{ unattached @skip(if: true, nope: 1) }',
    says: ["UnknownDirective: Unknown directive argument nope @ 'unattached'"],
    ...GJ('KnownArgumentNames'),
  },
  {
    id: 'GQL-109',
    wrong: 'a directive in a place where it is not allowed',
    query: 'query @skip(if: true) { unattached }',
    says: ['MisplacedDirective: Directive skip not allowed here'],
    ...GJ('KnownDirectives'),
  },
  {
    id: 'GQL-110',
    wrong: 'a type that does not exist',
    query: '{ any { ... on Nope { x } } }',
    says: ["UnknownType: Unknown type Nope @ 'any'"],
    ...GJ('KnownTypeNames'),
  },
  {
    id: 'GQL-121',
    wrong: 'an object field without a selection',
    query: '{ out { author } }',
    says: ["SubSelectionRequired: Sub selection required for type Author of field author @ 'out/author'"],
    ...observed('aws-amplify/amplify-category-api#2096'),
  },
  {
    id: 'GQL-122',
    wrong: 'a list field without a selection, without a type name',
    query: '{ outs }',
    says: ["SubSelectionRequired: Sub selection required for type null of field outs @ 'outs'"],
    ...GJ('ScalarLeafs'),
  },
  {
    id: 'GQL-123',
    wrong: 'a selection below a leaf',
    query: '{ unattached { x } }',
    says: [
      "SubSelectionNotAllowed: Sub selection not allowed on leaf type String of field unattached @ 'unattached'",
    ],
    ...observed('aws-amplify/amplify-cli#1296'),
  },
  {
    id: 'GQL-124',
    wrong: 'a variable that is not declared',
    query: '{ hello(name: $nope) }',
    says: ["UndefinedVariable: Undefined variable nope @ 'hello'"],
    ...GJ('NoUndefinedVariables'),
  },
  {
    id: 'GQL-125',
    wrong: 'a variable that is not used',
    query: 'query ($a: Int) { unattached }',
    says: ['UnusedVariable: Unused variable a'],
    ...GJ('NoUnusedVariables'),
  },
  {
    id: 'GQL-126',
    wrong: 'a fragment that does not exist',
    query: '{ out { ...Nope } }',
    says: ["UndefinedFragment: Undefined fragment Nope @ 'out'"],
    ...GJ('KnownFragmentNames'),
  },
  {
    id: 'GQL-127',
    wrong: 'a fragment that is not used',
    query: '{ unattached } fragment F on Out { text }',
    says: ['UnusedFragment: Unused fragment F'],
    ...GJ('NoUnusedFragments'),
  },
  {
    id: 'GQL-128',
    wrong: 'a fragment that contains itself',
    query: '{ out { ...F } } fragment F on Out { self { ...F } }',
    says: ["FragmentCycle: Fragment cycles not allowed @ 'F'"],
    ...GJ('NoFragmentCycles'),
  },
  {
    id: 'GQL-129',
    wrong: 'a fragment of a type that is not possible in its place',
    query: '{ out { ...F } } fragment F on Tag { label }',
    says: [
      "InvalidFragmentType: Fragment F cannot be spread here as objects of type Out can never be of type Tag @ 'out'",
    ],
    ...GJ('PossibleFragmentSpreads'),
  },
  {
    id: 'GQL-130',
    wrong: 'an inline fragment of a type that is not possible in its place',
    query: '{ out { ... on Tag { label } } }',
    says: [
      "InvalidFragmentType: Fragment cannot be spread here as objects of type Out can never be of type Tag @ 'out'",
    ],
    ...GJ('PossibleFragmentSpreads'),
  },
  {
    id: 'GQL-131',
    wrong: 'an inline fragment on an enum',
    query: '{ any { ... on Colour { x } } }',
    says: [
      "InlineFragmentTypeConditionInvalid: Inline fragment type condition is invalid, must be on Object/Interface/Union @ 'any'",
    ],
    ...GJ('FragmentsOnCompositeType'),
  },
  {
    id: 'GQL-132',
    wrong: 'a variable of another type than its place',
    query: 'query ($a: String!) { need(id: $a) }',
    says: ["VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID!' @ 'need'"],
    ...observed('apollographql/graphql-tag#652'),
  },
  {
    id: 'GQL-133',
    wrong: 'a nullable variable for a required argument',
    query: 'query ($a: ID) { need(id: $a) }',
    says: ["VariableTypeMismatch: Variable type 'ID' doesn't match expected type 'ID!' @ 'need'"],
    ...GJ('VariableTypesMatchRule'),
  },
  {
    id: 'GQL-134',
    wrong: 'a variable of an object type',
    query: 'query ($a: Out) { hello(name: $a) }',
    says: ['NonInputTypeOnVariable: Wrong type for a variable'],
    ...GJ('VariablesAreInputTypes'),
  },
  {
    id: 'GQL-135',
    wrong: 'a default that does not fit its variable',
    query: 'query ($a: AWSDate = "x") { echo(date: $a) }',
    says: ["BadValueForDefaultArg: Bad default value StringValue{value='x'} for type AWSDate"],
    ...GJ('VariableDefaultValuesOfCorrectType'),
  },
  {
    id: 'GQL-136',
    wrong: 'a default for a variable that is never null',
    query: 'query ($a: ID! = 1) { need(id: $a) }',
    says: ['DefaultForNonNullArgument: Missing value for non null type'],
    ...GJ('VariableDefaultValuesOfCorrectType'),
  },
  {
    id: 'GQL-137',
    wrong: 'two fields with the same name',
    query: '{ out { x: text x: colour } }',
    says: ["FieldsConflict: x: they return differing types String and Colour @ 'out'"],
    ...GJ('OverlappingFieldsCanBeMerged'),
  },
  {
    id: 'GQL-138',
    wrong: 'the same field with different arguments',
    query: '{ hello(name: "a") hello(name: "b") }',
    says: ['FieldsConflict: hello: they have differing arguments'],
    ...GJ('OverlappingFieldsCanBeMerged'),
  },
  {
    id: 'GQL-139',
    wrong: 'a list and a single value with the same name',
    query: '{ out { x: list x: text } }',
    says: ["FieldsConflict: x: fields have different list shapes @ 'out'"],
    ...GJ('OverlappingFieldsCanBeMerged'),
  },
  {
    id: 'GQL-140',
    wrong: 'an operation without a name beside another',
    query: '{ unattached } query A { unattached }',
    says: ['LoneAnonymousOperationViolation: Operation A is following anonymous operation'],
    ...GJ('LoneAnonymousOperation'),
  },
  {
    id: 'GQL-141',
    wrong: 'two operations with the same name',
    query: 'query A { unattached } query A { unattached }',
    says: ["DuplicateOperationName: There can be only one operation named 'A'"],
    ...GJ('UniqueOperationNames'),
  },
  {
    id: 'GQL-142',
    wrong: 'a type definition among the operations',
    query: 'type Mine { a: Int } { unattached }',
    says: ['NonExecutableDefinition: The Mine definition is not executable.'],
    ...GJ('ExecutableDefinitions'),
  },
  {
    id: 'GQL-143',
    wrong: 'several problems, all in one answer',
    query: 'query ($a: Int) { nope hello out { gone } }',
    says: [
      "FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'",
      "MissingFieldArgument: Missing field argument name @ 'hello'",
      "FieldUndefined: Field 'gone' in type 'Out' is undefined @ 'out/gone'",
      'UnusedVariable: Unused variable a',
    ],
    ...GJ('Validator'),
  },
];

const AGAINST = 'accepts';

/** Documents that do not fit the schema, and some that this generation of graphql-java lets pass. */
export const documentChecks: Check[] = [
  ...ROWS.map(documentCheck),
  {
    id: 'GQL-144',
    promise: 'puts no path, the place with a null `sourceName`, and no `errorType` into a validation error',
    source: 'graphql/graphql-over-http#81',
    evidence: 'observed',
    async run({ graphql }) {
      const { errors } = await graphql('{badfield}');
      assert.deepEqual(errors, [
        {
          path: null,
          locations: [{ line: 1, column: 2, sourceName: null }],
          message:
            "Validation error of type FieldUndefined: Field 'badfield' in type 'Query' is undefined @ 'badfield'",
        },
      ]);
    },
  },
  {
    id: 'GQL-145',
    promise: 'answers a validation error with status 200',
    source: 'graphql/graphql-over-http#81',
    evidence: 'observed',
    async run({ target }) {
      const body = JSON.stringify({ query: '{badfield}' });
      const { status, body: answer } = await target.post(
        body,
        await target.headersFor({ mode: 'apiKey' }, body),
      );
      assert.equal(status, 200);
      assert.match(answer, /Validation error of type FieldUndefined/);
    },
  },
  {
    id: 'GQL-146',
    promise: `${AGAINST} an argument given twice: there is no rule against it`,
    source: 'graphql-java v11, Validator',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('{ hello(name: "a", name: "b") }');
      assert.equal(errors, undefined);
    },
  },
  {
    id: 'GQL-147',
    promise: `${AGAINST} an input field given twice: there is no rule against it`,
    source: 'graphql-java v11, Validator',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('{ need(id: 1, input: {name: "a", name: "b"}) }');
      assert.equal(errors, undefined);
    },
  },
  {
    id: 'GQL-148',
    promise: `${AGAINST} a variable declared twice: there is no rule against it`,
    source: 'graphql-java v11, Validator',
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('query ($a: ID!, $a: ID!) { need(id: $a) }', { a: 1 });
      assert.equal(errors, undefined);
    },
  },
];
