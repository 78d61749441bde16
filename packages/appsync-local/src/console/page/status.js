/**
 * The line that describes the state in words.
 *
 * @param {HTMLElement} line
 */
export function createStatus(line) {
  const show = (state, text) => {
    line.dataset.state = state;
    line.textContent = text;
    line.title = text;
  };
  return {
    ok: (text) => show('ok', text),
    busy: (text) => show('busy', text),
    error: (text) => show('error', text),
  };
}
