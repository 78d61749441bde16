/*
 * Names that hold a word of ours and belong to somebody else. "Item" is DynamoDB's word, too.
 */

/** Names, as a whole. */
const NAMES: readonly RegExp[] = [
  // Operations of DynamoDB, their commands in the SDK, and their requests in @aws-appsync/utils.
  /^(?:DynamoDB)?(?:(?:Batch)?(?:Put|Get|Update|Delete|Write)|ConditionCheck|Duplicate)Item(?:Command(?:Input|Output)?|Request|Exception)?$/,
  /^(?:DynamoDB)?[Tt]ransact(?:Write|Get)?Items?(?:Command(?:Input|Output)?|Request)?$/,
  // Members of its requests and answers, and of the summary of an export to S3.
  /^(?:RequestItems|UnprocessedItems|[Ii]temCount|ItemCollection\w*)$/,
  // Members of the answer of a Lambda function that reads a stream, and the setting that asks for it.
  /^(?:\w*[Bb]atchItemFailures|itemIdentifier)$/,
  // Keywords of JSON Schema, of Ajv, and an option of json-schema-to-typescript.
  /^(?:min|max|prefix|unique|unevaluated|additional|dynamic|ignoreMinAndMax)Items$/,
  // Keywords of CSS.
  /^(?:align|justify|place)-items$/,
  // What deployed tables hold, and what CloudFormation knows them by: another name would make a new table.
  /^itemId$/,
  /^DataItems\w*$/,
  // The environments of functions have tables by their role (infra/items-data.ts).
  /^(?:API_)?ITEMS_TABLE$/,
];

/** Passages of a text. */
const PASSAGES: readonly RegExp[] = [
  /https?:\/\/[^\s)'"`<>]+/g,
  // Web Storage.
  /\b(?:local|session)Storage\.(?:get|set|remove)Item\b/g,
  // Commands of the AWS CLI.
  /\bdynamodb [a-z]+(?:-[a-z]+)+/g,
  // Files of the emulator, but for tests that run this app.
  /\bdata-sources\/[\w./-]*/g,
  /[\w./@-]*appsync-local\/(?!tests\/(?:server|clients|harness|apps)\/)[\w./*-]*/g,
  // The anchor of a heading, which is prose, but where it begins with the client's name.
  /#(?!live-[a-z]+-)[a-z0-9]+(?:-[a-z0-9]+)+/g,
  // A decision keeps the title it was made under.
  /\b\d{4}-[a-z0-9]+(?:-[a-z0-9]+)+(?=\.md)/g,
];

/** Operations of DynamoDB that are ours, too, and thus names of GraphQL operations and of types of the client. */
export const mayBeOurs = (name: string): boolean => /^(?:Put|Get|Update|Delete)Item$/.test(name);

export const isNameOfOthers = (name: string): boolean => NAMES.some((names) => names.test(name));

export interface Span {
  from: number;
  to: number;
}

/** Where a text says what belongs to others. */
export const passagesOfOthers = (text: string): Span[] =>
  PASSAGES.flatMap((passage) =>
    [...text.matchAll(passage)].map(({ index, 0: found }) => ({ from: index, to: index + found.length })),
  );
