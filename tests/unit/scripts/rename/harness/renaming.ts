import { formsOf } from '../../../../../scripts/rename/forms.ts';
import type { Renaming } from '../../../../../scripts/rename/rename-text.ts';

export const toEntry: Renaming = {
  product: { from: 'appsync-items', to: 'shop' },
  type: {
    from: formsOf({ one: 'Item', many: 'Items' }),
    to: formsOf({ one: 'Entry', many: 'Entries' }),
  },
};

export const back: Renaming = {
  product: { from: 'shop', to: 'appsync-items' },
  type: { from: toEntry.type.to, to: toEntry.type.from },
};
