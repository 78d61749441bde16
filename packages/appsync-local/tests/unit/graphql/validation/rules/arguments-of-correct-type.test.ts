import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  [
    '{ post(id: 1.5) { id } }',
    "WrongType: argument 'id' with value 'FloatValue{value=1.5}' is not a valid 'ID' @ 'post'",
  ],
  [
    '{ post(id: 1, date: "1/2/3") { id } }',
    "WrongType: argument 'date' with value 'StringValue{value='1/2/3'}' is not a valid 'AWSDate' @ 'post'",
  ],
  [
    '{ post(id: 1, meta: {upvotes: 10}) { id } }',
    "WrongType: argument 'meta' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=10}}]}' is not a valid 'AWSJSON' @ 'post'",
  ],
  [
    '{ post(id: null) { id } }',
    "WrongType: argument 'id' with value 'NullValue{}' must not be null @ 'post'",
  ],
  [
    '{ post(id: 1, colours: [RED, BLUE]) { id } }',
    "WrongType: argument 'colours[1]' with value 'EnumValue{name='BLUE'}' is not a valid 'Colour' @ 'post'",
  ],
  [
    '{ post(id: 1, colours: "RED") { id } }',
    "WrongType: argument 'colours' with value 'StringValue{value='RED'}' is not a valid 'Colour' @ 'post'",
  ],
  [
    'mutation { createPost(input: 5) { id } }',
    "WrongType: argument 'input' with value 'IntValue{value=5}' must be an object type @ 'createPost'",
  ],
  [
    'mutation { createPost(input: {upvotes: 1}) { id } }',
    "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='upvotes', value=IntValue{value=1}}]}' is missing required fields '[title]' @ 'createPost'",
  ],
  [
    'mutation { createPost(input: {title: "a", nope: true}) { id } }',
    "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=StringValue{value='a'}}, ObjectField{name='nope', value=BooleanValue{value=true}}]}' contains a field not in 'PostInput': 'nope' @ 'createPost'",
  ],
  [
    'mutation { createPosts(input: [{title: "a", nested: {name: "n", sizes: [1, "two"]}}]) { id } }',
    "WrongType: argument 'input[0].nested.sizes[1]' with value 'StringValue{value='two'}' is not a valid 'Int' @ 'createPosts'",
  ],
  [
    'mutation { createPost(input: {title: null}) { id } }',
    "WrongType: argument 'input.title' with value 'NullValue{}' must not be null @ 'createPost'",
  ],
  [
    'mutation { createPost(input: {title: "a", nested: {}}) { id } }',
    "WrongType: argument 'input.nested' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=StringValue{value='a'}}, ObjectField{name='nested', value=ObjectValue{objectFields=[]}}]}' is missing required fields '[name]' @ 'createPost'",
  ],
  [
    '{ hello(name: 5) }',
    "WrongType: argument 'name' with value 'IntValue{value=5}' is not a valid 'String' @ 'hello'",
  ],
  [
    '{ post(id: 1) { related(first: 3000000000) { id } } }',
    "WrongType: argument 'first' with value 'IntValue{value=3000000000}' is not a valid 'Int' @ 'post/related'",
  ],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
