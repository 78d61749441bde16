/** AWSDateTime (AppSync developer guide, "Scalar types in AWS AppSync"): seconds may lack, an offset may have some. */
const DATE_TIME =
  /^([+-]?\d{4,9})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/;

/**
 * A bound on a stored time, which has milliseconds.
 *
 * @param roundsUp a bound between two milliseconds becomes the later of them
 * @returns epoch milliseconds; null for a text that is no time
 */
export function boundMs(time: string, roundsUp: boolean): number | null {
  const found = DATE_TIME.exec(time);
  if (!found) {
    return null;
  }
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, ...offset] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')));
  const [hours = 0, minutes = 0, seconds = 0] = offset.map((text) => Number(text ?? 0));
  const offsetMs = (sign === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const isFiner = /[1-9]/.test(fraction.slice(3));
  const epochMs = sign ? date.getTime() - offsetMs : date.getTime();
  return epochMs + (roundsUp && isFiner ? 1 : 0);
}
