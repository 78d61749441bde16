import { isRecord } from '../../ground/record.ts';
import type { HelperTree } from '../helper.ts';

/** A value with the type the RDS Data API is told, as `typeHint` gives it on AWS. */
export interface TypeHint {
  type: string;
  value: unknown;
}

const TYPES = ['DATE', 'DECIMAL', 'JSON', 'TIME', 'TIMESTAMP', 'UUID'];

/** `typeHint`: a value of another type than the database would take it for. */
export const typeHint: HelperTree = Object.fromEntries(
  TYPES.map((type) => [type, (value: unknown): TypeHint => ({ type, value })]),
);

export const isTypeHint = (value: unknown): value is TypeHint =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  Object.hasOwn(value, 'value') &&
  TYPES.includes(value['type'] as string);
