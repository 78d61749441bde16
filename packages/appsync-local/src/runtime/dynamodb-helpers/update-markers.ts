import { isRecord } from '../../ground/record.ts';
import { own } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';

/** A marker made by `operations.*` (localstack/appsync-utils shows them as logged on AWS). */
export interface Operation {
  type: string;
  [member: string]: unknown;
}

/** `operations` of @aws-appsync/utils/dynamodb. */
export const operations: HelperTree = {
  add: (value: unknown) => ({ type: 'OPERATION_ADD', value }),
  replace: (value: unknown) => ({ type: 'OPERATION_REPLACE', value }),
  remove: () => ({ type: 'OPERATION_REMOVE' }),
  increment: (by?: unknown) => ({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by?: unknown) => ({ type: 'OPERATION_DECREMENT', by }),
  append: (items: unknown) => ({ type: 'OPERATION_APPEND', items }),
  prepend: (items: unknown) => ({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value: unknown, index: unknown) => ({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
};

/** Renders the right side of a SET clause. `path` is the attribute's path, in placeholders. */
type Render = (operation: Operation, path: string, bind: (value: unknown) => string) => string;

const assign: Render = ({ value }, path, bind) => `${path} = ${bind(value)}`;

const CLAUSES: Record<string, Render> = {
  OPERATION_ADD: assign,
  OPERATION_REPLACE: assign,
  OPERATION_INCREMENT: ({ by }, path, bind) => `${path} = ${path} + ${bind(by ?? 1)}`,
  OPERATION_DECREMENT: ({ by }, path, bind) => `${path} = ${path} - ${bind(by ?? 1)}`,
  OPERATION_APPEND: ({ items }, path, bind) => `${path} = list_append(${path}, ${bind(items)})`,
  OPERATION_PREPEND: ({ items }, path, bind) => `${path} = list_append(${bind(items)}, ${path})`,
  OPERATION_UPDATE_LIST_ITEM: ({ value, index }, path, bind) => `${path}[${Number(index)}] = ${bind(value)}`,
};

/** The SET clause of an operation; undefined for a removal. */
export const clauseOf = ({ type }: Operation): Render | undefined => own(CLAUSES, type);

export const isOperation = (value: unknown): value is Operation =>
  isRecord(value) &&
  (value['type'] === 'OPERATION_REMOVE' || own(CLAUSES, String(value['type'])) !== undefined);

export const isListUpdate = (value: unknown): value is Operation[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => isOperation(item) && item.type === 'OPERATION_UPDATE_LIST_ITEM');
