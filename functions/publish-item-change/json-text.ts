import type { AttributeValue } from 'aws-lambda';

/** RFC 8259, section 6. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Keeps every digit of the table's number; a double keeps about 16. */
const number = (digits: string): string =>
  JSON_NUMBER.test(digits) ? digits : JSON.stringify(Number(digits));

const list = (texts: string[]): string => `[${texts.join(',')}]`;

/**
 * Writes a DynamoDB value as JSON text, in the form of AppSync's answers (developer guide, "Type system (response mapping)"):
 * sets become lists, and binary becomes base64, its form in an event.
 */
export function jsonText(value: AttributeValue): string {
  if (value.S !== undefined) {
    return JSON.stringify(value.S);
  }
  if (value.N !== undefined) {
    return number(value.N);
  }
  if (value.BOOL !== undefined) {
    return String(value.BOOL);
  }
  if (value.L !== undefined) {
    return list(value.L.map(jsonText));
  }
  if (value.M !== undefined) {
    const members = Object.entries(value.M).map(
      ([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`,
    );
    return `{${members.join(',')}}`;
  }
  if (value.B !== undefined) {
    return JSON.stringify(value.B);
  }
  if (value.NS !== undefined) {
    return list(value.NS.map(number));
  }
  const texts = value.SS ?? value.BS;
  return texts === undefined ? 'null' : list(texts.map((text) => JSON.stringify(text)));
}
