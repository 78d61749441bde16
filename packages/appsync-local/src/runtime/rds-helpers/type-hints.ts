import { isRecord } from '../../ground/record.ts';
import type { HelperTree } from '../helper.ts';

/** A value and its type for the RDS Data API, in the shape that `typeHint` has on AWS. */
export interface TypeHint {
  type: string;
  value: unknown;
}

const TYPES = ['DATE', 'DECIMAL', 'JSON', 'TIME', 'TIMESTAMP', 'UUID'];

/** `typeHint`: gives a value a type that the database would not infer. */
export const typeHint: HelperTree = Object.fromEntries(
  TYPES.map((type) => [type, (value: unknown): TypeHint => ({ type, value })]),
);

export const isTypeHint = (value: unknown): value is TypeHint =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  Object.hasOwn(value, 'value') &&
  TYPES.includes(value['type'] as string);
