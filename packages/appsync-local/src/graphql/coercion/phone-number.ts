/** What the regions of the North American plan have: area code and exchange do not begin with 0 or 1. */
const NORTH_AMERICAN = /^(?:\+?1)?[2-9]\d{2}[2-9]\d{6}$/;
/** E.164: a country code, which begins with no 0 and here is not 1, and at most 15 digits in all. */
const INTERNATIONAL = /^\+[2-9]\d{6,14}$/;

/**
 * Whether a text is a phone number: without a country code one of the United States, else with `+` and the code; blanks
 * and hyphens between groups (AppSync developer guide, "Scalar types"). `1110004444` is none (observed). Other
 * countries' numbers are judged by their length only.
 */
export function isPhoneNumber(text: string): boolean {
  if (!/^\+?\d+(?:[ -]\d+)*$/.test(text)) {
    return false;
  }
  const digits = text.replace(/[ -]/g, '');
  return NORTH_AMERICAN.test(digits) || INTERNATIONAL.test(digits);
}
