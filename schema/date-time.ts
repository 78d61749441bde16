/** ISO 8601 as AWSDateTime has it (AppSync developer guide, "Scalar types in AWS AppSync"), with a year of four digits. */
const DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:(?:0\d|1[0-7]):[0-5]\d(?::[0-5]\d)?|18:00(?::00)?))$/;

/**
 * Whether the API can answer a text as AWSDateTime. Years are those of four digits, for times are stored as text and sorted as text
 * (docs/data-model.md).
 */
export const isDateTime = (text: string): boolean => DATE_TIME.test(text) && hasItsDay(text);

/** False for 30 February, of which JavaScript makes 2 March. */
function hasItsDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day <= 28) {
    return true;
  }
  const date = new Date(0);
  date.setUTCFullYear(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day);
  return date.getUTCDate() === day;
}
