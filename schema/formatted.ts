import { readFileSync } from 'node:fs';
import { format, type FormatOptions } from 'oxfmt';

const OPTIONS = JSON.parse(
  readFileSync(new URL('../.oxfmtrc.json', import.meta.url), 'utf8'),
) as FormatOptions;

/**
 * A text as `npm run format` would write it.
 *
 * @param file whose name says what the text is
 * @throws Error for a text that cannot be parsed
 */
export async function formatted(file: string, text: string): Promise<string> {
  const { code, errors } = await format(file, text, OPTIONS);
  if (errors.length > 0) {
    throw new Error(`${file}: ${errors.map(({ message }) => message).join('; ')}`);
  }
  return code;
}
