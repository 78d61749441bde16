import { toDynamoDbRecord } from './attribute-value.ts';
import { toDynamoDbLine } from './dynamodb-json.ts';
import { parseJsonLine, toJsonLine } from './json-lines.ts';
import type { Row } from './row.ts';
import { Unfit } from './unfit.ts';

export const FORMATS = ['dynamodb-json', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** Writes rows as lines, without their newline. */
export interface RowFormat {
  line(row: Row): string;
  /** Rows written as DynamoDB JSON because JSON Lines could not restore them. */
  readonly exceptions: number;
}

/** Writes a row as DynamoDB JSON if its line of JSON would not be read back as exactly the same row. */
export function rowFormat(format: Format): RowFormat {
  let exceptions = 0;
  return {
    line(row) {
      if (format === 'dynamodb-json') {
        return toDynamoDbLine(row);
      }
      const line = toJsonLine(row);
      if (line !== null && readsBack(line, row)) {
        return line;
      }
      exceptions += 1;
      return toDynamoDbLine(row);
    },
    get exceptions() {
      return exceptions;
    },
  };
}

function readsBack(line: string, row: Row): boolean {
  try {
    return toDynamoDbRecord(parseJsonLine(line, '', true).row) === toDynamoDbRecord(row);
  } catch (error) {
    if (error instanceof Unfit) {
      return false;
    }
    throw error;
  }
}
