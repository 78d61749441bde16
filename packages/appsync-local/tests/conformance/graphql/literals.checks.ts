import type { Check } from '../check.ts';
import { documentCheck, GJ, observed, type DocumentRow } from './document-check.ts';

const ROWS: DocumentRow[] = [
  {
    id: 'GQL-111',
    wrong: 'a literal that is not a date, shown as Java prints it',
    query: '{ echo(date: "1/2/3") }',
    says: [
      "WrongType: argument 'date' with value 'StringValue{value='1/2/3'}' is not a valid 'AWSDate' @ 'echo'",
    ],
    ...observed('aws/aws-cli#7078'),
  },
  {
    id: 'GQL-112',
    wrong: 'an object literal for AWSJSON',
    query: '{ echo(json: {upvotes: 10}) }',
    says: [
      "WrongType: argument 'json' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=10}}]}' is not a valid 'AWSJSON' @ 'echo'",
    ],
    ...observed('awslabs/aws-mobile-appsync-sdk-js#554'),
  },
  {
    id: 'GQL-113',
    wrong: 'an input literal without a required field, shown as a whole',
    query: 'mutation { change(input: {colour: RED}) }',
    says: [
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='colour', value=EnumValue{name='RED'}}]}' is missing required fields '[name]' @ 'change'",
    ],
    ...observed('aws/aws-appsync-community#273'),
  },
  {
    id: 'GQL-114',
    wrong: 'an input literal with a field that the type does not have',
    query: '{ need(id: 1, input: {name: "n", nope: 1}) }',
    says: [
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='name', value=StringValue{value='n'}}, ObjectField{name='nope', value=IntValue{value=1}}]}' contains a field not in 'Inner': 'nope' @ 'need'",
    ],
    ...GJ('ArgumentValidationUtil'),
  },
  {
    id: 'GQL-115',
    wrong: 'a scalar for an input object',
    query: '{ need(id: 1, input: 5) }',
    says: ["WrongType: argument 'input' with value 'IntValue{value=5}' must be an object type @ 'need'"],
    ...GJ('ArgumentValidationUtil'),
  },
  {
    id: 'GQL-116',
    wrong: 'a null literal for a required argument',
    query: '{ hello(name: null) }',
    says: ["WrongType: argument 'name' with value 'NullValue{}' must not be null @ 'hello'"],
    ...GJ('ArgumentValidationUtil'),
  },
  {
    id: 'GQL-117',
    wrong: 'a literal deep in an argument, with its path',
    query: 'mutation { change(input: [{name: "n", sizes: [1, "two"]}]) }',
    says: [
      "WrongType: argument 'input[0].sizes[1]' with value 'StringValue{value='two'}' is not a valid 'Int' @ 'change'",
    ],
    ...GJ('ArgumentValidationUtil'),
  },
  {
    id: 'GQL-118',
    wrong: 'an enum literal that does not exist',
    query: '{ echo(colour: BLUE) }',
    says: [
      "WrongType: argument 'colour' with value 'EnumValue{name='BLUE'}' is not a valid 'Colour' @ 'echo'",
    ],
    ...GJ('ArgumentValidationUtil'),
  },
  {
    id: 'GQL-119',
    wrong: 'a number literal for a String',
    query: '{ hello(name: 5) }',
    says: ["WrongType: argument 'name' with value 'IntValue{value=5}' is not a valid 'String' @ 'hello'"],
    ...GJ('Scalars'),
  },
  {
    id: 'GQL-120',
    wrong: 'an integer literal beyond 32 bits',
    query: '{ echo(int: 3000000000) }',
    says: ["WrongType: argument 'int' with value 'IntValue{value=3000000000}' is not a valid 'Int' @ 'echo'"],
    ...GJ('Scalars'),
  },
];

/** Literals that do not have the type of their argument. */
export const literalChecks: Check[] = ROWS.map(documentCheck);
