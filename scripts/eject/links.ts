import { posix } from 'node:path';

/** What a page must not speak of any more. */
export interface Gone {
  /** @param path below the project's root */
  file(path: string): boolean;
  scripts: ReadonlySet<string>;
}

/**
 * A page without links to what is gone. A row of a table goes with what its first cell names, an entry of a list of links goes alone, and so do
 * parentheses around a link. Any other link leaves its words, as in a decision that tells of what was.
 *
 * @param page its path below the project's root
 */
export function withoutLinks(page: string, text: string, gone: Gone): string {
  const isGone = (target: string): boolean =>
    !/^(?:[a-z]+:|#)/.test(target) && gone.file(posix.join(posix.dirname(page), target.split('#')[0]!));
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((passage, index) => (index % 2 === 1 ? passage : withoutLinksIn(passage, isGone, gone.scripts)))
    .join('');
}

type IsGone = (target: string) => boolean;

/** Stands where a link was until its surroundings are settled; no page has this character. */
const CUT = '\u0000';

function withoutLinksIn(passage: string, isGone: IsGone, scripts: ReadonlySet<string>): string {
  return passage
    .split('\n')
    .filter((line) => !(line.startsWith('|') && isRowOf(line, isGone, scripts)))
    .join('\n')
    .replace(/^!\[[^\]]*\]\(([^)\s]+)\)\n\n?/gm, (image, target: string) => (isGone(target) ? '' : image))
    .replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (link, words: string, target: string) =>
      isGone(target) ? `${CUT}${words}${CUT}` : link,
    )
    .replace(/ \(\0[^\0]*\0\)/g, '')
    .replace(/(?<=[)\0]),\s+\0[^\0]*\0(?=\s*(?:[,.;|]|\n|$))/g, '')
    .replace(/\0[^\0]*\0,\s+(?=\[)/g, '')
    .split('\n')
    .filter((line) => !/^\|.*\| *\0[^\0]*\0 *\|/.test(line))
    .join('\n')
    .replaceAll(CUT, '');
}

function isRowOf(line: string, isGone: IsGone, scripts: ReadonlySet<string>): boolean {
  const [, first = ''] = line.split('|');
  const [, target] = /\]\(([^)\s]+)\)/.exec(first) ?? [];
  const [, script] = /^ *`npm run ([a-z:-]+)` *$/.exec(first) ?? [];
  return (target !== undefined && isGone(target)) || (script !== undefined && scripts.has(script));
}
