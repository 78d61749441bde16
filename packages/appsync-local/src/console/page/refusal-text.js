/**
 * Says why a request was refused, for the status line, and what to do if the credentials were the reason.
 *
 * @param {number | string} code HTTP status
 * @param {{ errors?: { message: string }[] }} answer
 * @param {{ title: string, hint: string }} mode
 */
export function refusalText(code, answer, mode) {
  const said = answer.errors?.[0]?.message ?? 'It gave no reason.';
  return code === 401 || code === 403
    ? `Not authorized (${mode.title}): ${said} ${mode.hint}`
    : `The server answered ${code}: ${said}`;
}
