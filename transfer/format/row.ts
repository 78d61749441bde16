import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as DynamoDB hands it out: its attributes by name. */
export type Row = Record<string, AttributeValue>;

/** Attributes without a value in the file, which an import fills in: version 1, and the time of the import. */
export type Filled = 'version' | 'createdAt' | 'updatedAt';

/** A line as the row it stands for. */
export interface Parsed {
  id: string;
  row: Row;
  filled: Filled[];
}

const texts = (value: AttributeValue | undefined): string[] => (value?.L ?? []).flatMap(({ S }) => S ?? []);

/** Keys of the constraints table that the item holds. */
export const claimsIn = (row: Row): string[] => texts(row['claims']);

/** Ids of the items that it keeps from being deleted. */
export const referencesIn = (row: Row): string[] => texts(row['references']);

export const expiresAtOf = (row: Row): number | undefined =>
  row['expiresAt']?.N === undefined ? undefined : Number(row['expiresAt'].N);
