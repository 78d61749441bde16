/**
 * Patterns of AWSDate, AWSTime and AWSDateTime: ISO 8601 as java.time reads it, with an offset of up to 18 hours that may have
 * seconds (AppSync developer guide, "Scalar types"; `java.time.ZoneOffset`).
 */
const OFFSET = '(?:Z|[+-](?:(?:0\\d|1[0-7]):[0-5]\\d(?::[0-5]\\d)?|18:00(?::00)?))';
/** Four digits; a longer year carries its sign. */
const DATE = '(?:-?\\d{4}|[+-]\\d{5,9})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?';

const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);
const DATES = whole(`${DATE}${OFFSET}?`);
const TIMES = whole(`${TIME}${OFFSET}?`);
const DATE_TIMES = whole(`${DATE}T${TIME}${OFFSET}`);

export const isDate = (text: string): boolean => DATES.test(text) && hasItsDay(text);
export const isTime = (text: string): boolean => TIMES.test(text);
export const isDateTime = (text: string): boolean => DATE_TIMES.test(text) && hasItsDay(text);

const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the day exists in its month, in the proleptic Gregorian calendar. */
function hasItsDay(text: string): boolean {
  const afterYear = text.indexOf('-', 1); // past the sign of the year, if any
  const month = Number(text.slice(afterYear + 1, afterYear + 3));
  const day = Number(text.slice(afterYear + 4, afterYear + 6));
  const isLeapDay = month === 2 && day === 29;
  return isLeapDay ? isLeapYear(Number(text.slice(0, afterYear))) : day <= DAYS_OF_MONTHS[month - 1]!;
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
