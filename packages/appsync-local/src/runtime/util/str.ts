import { text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { HelperFailure } from '../interruption.ts';

const FORMS = ['nfc', 'nfd', 'nfkc', 'nfkd'];

/** `util.str`. */
export const str: HelperTree = {
  normalize: (value: unknown, form: unknown) => {
    const wanted = text(form, 'util.str.normalize');
    if (!FORMS.includes(wanted.toLowerCase())) {
      throw new HelperFailure(`util.str.normalize takes one of ${FORMS.join(', ')}, not "${wanted}"`);
    }
    return text(value, 'util.str.normalize').normalize(wanted.toUpperCase());
  },
};
