import { setOwn } from '../../ground/own-member.ts';
import { isRecord } from '../../ground/record.ts';

type Row = Record<string, unknown>;

/**
 * `toJsonObject`: the rows of each statement, by the labels of their columns. A statement without records yields one row
 * without members (recorded by localstack/appsync-utils); NULL becomes no member.
 *
 * @param result of the RDS Data API, as JSON or parsed
 * @returns null for anything else (developer guide, "Retrieving data")
 */
export function toJsonObject(result: unknown): Row[][] | null {
  const parsed = typeof result === 'string' ? parse(result) : result;
  if (!isRecord(parsed) || !Array.isArray(parsed['sqlStatementResults'])) {
    return null;
  }
  return parsed['sqlStatementResults'].map(rowsOf);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

function rowsOf(result: unknown): Row[] {
  const { records, columnMetadata } = isRecord(result) ? result : {};
  if (!Array.isArray(records)) {
    return [{}];
  }
  const names = Array.isArray(columnMetadata) ? columnMetadata.map(nameOf) : [];
  return records.map((record) => rowOf(record, names));
}

function nameOf(column: unknown): string {
  const { label, name } = isRecord(column) ? column : {};
  return String(label ?? name);
}

function rowOf(record: unknown, names: string[]): Row {
  const row: Row = {};
  if (!Array.isArray(record)) {
    return row;
  }
  record.forEach((field, index) => {
    const value = valueOf(field);
    if (value !== undefined && index < names.length) {
      setOwn<unknown>(row, names[index] as string, value);
    }
  });
  return row;
}

/** The value of a field, from its only member; undefined for NULL. */
function valueOf(field: unknown): unknown {
  if (!isRecord(field) || field['isNull'] === true) {
    return undefined;
  }
  const [type, value] = Object.entries(field).find(([, member]) => member !== null) ?? [];
  return type === 'arrayValue' ? elementsOf(value) : value;
}

/** The elements of `{ stringValues: […] }`; `arrayValues` contains further arrays. */
function elementsOf(array: unknown): unknown {
  const [type, elements] =
    Object.entries(isRecord(array) ? array : {}).find(([, member]) => member !== null) ?? [];
  return type === 'arrayValues' && Array.isArray(elements) ? elements.map(elementsOf) : elements;
}
