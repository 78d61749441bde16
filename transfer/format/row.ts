import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's form: its attributes by name. */
export type Row = Record<string, AttributeValue>;

/** Attributes that the file lacks and an import fills in: version 1, and the time of the import. */
export type Filled = 'version' | 'createdAt' | 'updatedAt';

/** A line, read as a row. */
export interface Parsed {
  id: string;
  row: Row;
  filled: Filled[];
}

const texts = (value: AttributeValue | undefined): string[] => (value?.L ?? []).flatMap(({ S }) => S ?? []);

/** The item's keys in the constraints table. */
export const claimsIn = (row: Row): string[] => texts(row['claims']);

/** Ids of the items whose deletion it prevents. */
export const referencesIn = (row: Row): string[] => texts(row['references']);

export const expiresAtOf = (row: Row): number | undefined =>
  row['expiresAt']?.N === undefined ? undefined : Number(row['expiresAt'].N);
