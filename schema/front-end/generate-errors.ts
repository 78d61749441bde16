import { readFileSync } from 'node:fs';
import { CODES } from '../../model/refusal-codes.ts';

/** The types of `errorInfo` that the resolvers and the Lambda function are held to. */
const INFO = new URL('../../model/refusal-info.ts', import.meta.url);

const infoTypes = (): string => readFileSync(INFO, 'utf8').replace(/^import .*;\n/gm, '');

/** Which part of the project a line belongs to says nothing to a front end. */
const withoutMarks = (text: string): string =>
  text.replace(/^ *\/\/ (?:part|end): [a-z-]+\n| \/\/ part: [a-z-]+$/gm, '');

function codesOfType([type, codes]: [string, Record<string, string>]): string {
  const members = Object.entries(codes).map(([code, sentence]) => `/** ${sentence} */\n${code}: true;`);
  return `${type}: {\n${members.join('\n')}\n};`;
}

/** `errors.ts`: the errors of the API by their `errorType` and `errorInfo.code`, and what finds them in the failures of clients. */
export const generateErrors = (): string =>
  withoutMarks(`
/** The codes of errors, by \`errorType\`. A later version of the API may have more. */
export interface Codes {
  ${Object.entries(CODES).map(codesOfType).join('\n')}
}

/** \`errorType\` of the errors that the API itself raises; AppSync's own errors have others. */
export type RefusalType = keyof Codes;

/** \`errorInfo.code\` of the errors of one type, or of all. */
export type RefusalCode<Type extends RefusalType = RefusalType> = {
  [Each in Type]: keyof Codes[Each] & string;
}[Type];

${infoTypes()}

/** \`errorInfo\` of the errors of a type; \`code\` tells them apart. */
export type ErrorInfo<Type extends RefusalType = RefusalType> = {
  [Each in Type]: {
    [Code in RefusalCode<Each>]: {
      code: Code;
      /** The same request, sent again as it is, may succeed and does no harm. */
      retryable: boolean;
    } & InfoOf<Each, Code>;
  }[RefusalCode<Each>];
}[Type];

/** An error of one type. \`Data\`: what the operation selects of an item. */
export interface ErrorOf<Type extends RefusalType, Data = ItemFieldsFragment> {
  errorType: Type;
  /** For people; may be reworded. */
  message: string;
  path: readonly (string | number)[];
  errorInfo: ErrorInfo<Type>;
  /** Of a conflict the item that is in the way, if the caller may read it. */
  data: Type extends 'Conflict' ? Data | null : null;
}

/** An error that the API raises in a field: \`errorType\` tells which. */
export type ItemsError<Data = ItemFieldsFragment> = {
  [Type in RefusalType]: ErrorOf<Type, Data>;
}[RefusalType];

export type Conflict<Data = ItemFieldsFragment> = ErrorOf<'Conflict', Data>;
export type ValidationFailed = ErrorOf<'ValidationFailed'>; // part: validated-items

/** Why one item of \`putItems\` was refused: \`errorInfo\` of its own error, and which item it is. */
export type RefusedItem = {
  [Type in RefusalType]: {
    /** Of the item in the input. */
    index: number;
    id: string;
    errorType: Type;
    message: string;
  } & ErrorInfo<Type>;
}[RefusalType];

/** An error of \`putItems\` that lists the refused items. Its \`errorType\` and \`code\` are those of the first one. */
export interface BatchError<Data = ItemFieldsFragment> {
  errorType: RefusalType;
  message: string;
  path: readonly (string | number)[];
  errorInfo: { code: RefusalCode; retryable: boolean; items: RefusedItem[] };
  /** The items that are in the way, as far as the caller may read them. */
  data: { items: Data[] } | null;
}

const TYPES: Record<RefusalType, true> = { ${Object.keys(CODES)
    .map((type) => `${type}: true`)
    .join(', ')} };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether an entry of \`errors\` is one that the API itself raised. AppSync's own have no \`errorInfo.code\`. */
export function isItemsError(entry: unknown): entry is ItemsError {
  return (
    isRecord(entry) &&
    Object.hasOwn(TYPES, String(entry['errorType'])) &&
    isRecord(entry['errorInfo']) &&
    typeof entry['errorInfo']['code'] === 'string'
  );
}

/** Whether an error is one of \`putItems\` that lists the refused items. */
export function isBatchError(error: unknown): error is BatchError {
  return isItemsError(error) && Array.isArray((error.errorInfo as { items?: unknown }).items);
}

/**
 * The errors that the API itself raised, in an answer (\`fetch\`), in what Amplify throws, in Apollo's \`CombinedGraphQLErrors\` or in urql's
 * \`CombinedError\`; also in \`ApiError\` of live-items. Without those of AppSync and of the network.
 */
export function itemsErrorsOf<Data = ItemFieldsFragment>(failure: unknown): ItemsError<Data>[] {
  const { errors, graphQLErrors } = isRecord(failure) ? failure : {};
  const entries: unknown[] = [graphQLErrors, errors].find((list) => Array.isArray(list)) ?? [];
  // urql's errors are of graphql-js, and have AppSync's entry beside.
  const original = (entry: unknown) => (isRecord(entry) && entry['originalError']) || entry;
  return entries.map(original).filter((entry) => isItemsError(entry)) as ItemsError<Data>[];
}

/** Why a subscription or its connection was refused. AppSync sends no more in real time, and mistakes in a document have no type. */
export interface SubscriptionError {
  errorType: string | null;
  message: string;
}

/** Before what AppSync sent, as JSON, or before the type of a refused connection: Amplify and Apollo's subscription link. */
const CONNECTION_FAILED = 'Connection failed: ';

/**
 * Why AppSync refused a subscription: of the payload of an \`error\` or \`connection_error\` message, and of what Amplify and Apollo Client
 * report, which hide that in a message; also of \`ApiError\` of live-items.
 */
export function subscriptionErrorsOf(failure: unknown): SubscriptionError[] {
  const { errors, cause } = isRecord(failure) ? failure : {};
  if (errors === undefined) {
    // What Apollo's link reports is no Error, so Apollo Client 4 wraps it in one.
    return cause === undefined ? [] : subscriptionErrorsOf(cause);
  }
  // A list, but an object where a connection has too many subscriptions.
  return [errors].flat().flatMap(subscriptionErrors);
}

function subscriptionErrors(entry: unknown): SubscriptionError[] {
  const { errorType, message } = isRecord(entry) ? entry : {};
  const text = String(message ?? errorType);
  if (!text.startsWith(CONNECTION_FAILED)) {
    return [{ errorType: typeof errorType === 'string' ? errorType : null, message: text }];
  }
  const hidden = text.slice(CONNECTION_FAILED.length);
  try {
    return subscriptionErrorsOf(JSON.parse(hidden));
  } catch {
    return [{ errorType: /^\\w+$/.test(hidden) ? hidden : null, message: hidden }];
  }
}
`);
