import { expect, it } from 'vitest';
import { withoutUnusedImports } from '../../../../scripts/eject/unused-imports.ts';

it('removes what is not used any more, and nothing else', () => {
  const text = [
    "import 'z';",
    "import { gone } from './gone.ts';",
    "import { kept, type Gone, other } from './kept.ts';",
    "import type { Type } from './a.ts';",
    '',
    'export const value: Type = kept(other);',
    'const unused = 1;',
  ].join('\n');

  expect(withoutUnusedImports('b.ts', text)).toBe(
    [
      "import 'z';",
      "import { kept, other } from './kept.ts';",
      "import type { Type } from './a.ts';",
      '',
      'export const value: Type = kept(other);',
      'const unused = 1;',
    ].join('\n'),
  );
});
