/**
 * Copies a text. Browsers have `navigator.clipboard` only on secure pages, which a page from another machine is not.
 *
 * @throws Error when the browser refuses
 */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) {
    throw new Error('The browser does not let this page copy.');
  }
}
