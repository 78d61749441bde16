/** Numbers of the North American plan: area code and exchange do not begin with 0 or 1. */
const NORTH_AMERICAN = /^(?:\+?1)?[2-9]\d{2}[2-9]\d{6}$/;
/** E.164: a country code, which never begins with 0 and here is not 1, and at most 15 digits in all. */
const INTERNATIONAL = /^\+[2-9]\d{6,14}$/;

/**
 * Whether a text is a phone number: of the United States without a country code, else with `+` and the code; with blanks and
 * hyphens between groups (AppSync developer guide, "Scalar types"). AppSync refuses `1110004444` (observed). Only the length is
 * checked for other countries.
 */
export function isPhoneNumber(text: string): boolean {
  if (!/^\+?\d+(?:[ -]\d+)*$/.test(text)) {
    return false;
  }
  const digits = text.replace(/[ -]/g, '');
  return NORTH_AMERICAN.test(digits) || INTERNATIONAL.test(digits);
}
