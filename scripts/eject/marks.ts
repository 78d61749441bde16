/*
 * Marks show which lines of a shared file belong to a part: those between `part: NAME` and `end: NAME`, or the one line that ends in
 * `part: NAME`. A mark is a comment in the file's language. In pages, a pair may stand within a sentence, and a mark at the end of a table's row
 * means the row.
 */

/** A mark that is not closed, closes nothing, or crosses another. */
export class MarkFailure extends Error {
  override readonly name = 'MarkFailure';
}

interface Mark {
  kind: 'begin' | 'end' | 'line';
  name: string;
  /** The characters that the mark takes, with the line break when it has lines of its own. */
  from: number;
  to: number;
}

/** A passage that belongs to a part. */
export interface Passage {
  name: string;
  from: number;
  to: number;
}

const COMMENT = /(?<open>\/\/|#|<!--) (?<word>part|end): (?<name>[a-z][a-z-]*)(?: -->)?/g;

/** The mark of a line, which ends it but for the bar that ends a row. */
const LINE_MARK = / *(?:\/\/|#|<!--) part: [a-z][a-z-]*(?: -->)?(?=(?: \|)?\n?$)/;

/** Extensions, or whole names, of files that may have marks. */
const MARKED = /(?:\.(?:ts|mjs|js|json|md|svg|yml|graphql)|\/run|^\.gitignore|^\.prettierignore)$/;

export const mayHaveMarks = (file: string): boolean => MARKED.test(file);

/**
 * The marked passages of a text, in order; a passage may lie in another.
 *
 * @throws MarkFailure with the line
 */
export function passagesOf(file: string, text: string): Passage[] {
  const passages: Passage[] = [];
  const open: Mark[] = [];
  for (const mark of marksOf(text)) {
    const at = `${file}:${text.slice(0, mark.from).split('\n').length}`;
    if (mark.kind === 'line') {
      passages.push(mark);
    } else if (mark.kind === 'begin') {
      open.push(mark);
    } else {
      const begin = open.pop();
      if (begin?.name !== mark.name) {
        throw new MarkFailure(
          begin
            ? `${at}: "end: ${mark.name}" comes before the end of ${begin.name}`
            : `${at}: "end: ${mark.name}" ends nothing`,
        );
      }
      passages.push({ name: mark.name, from: begin.from, to: mark.to });
    }
  }
  if (open.length > 0) {
    throw new MarkFailure(`${file}: "part: ${open[0]!.name}" has no end`);
  }
  return passages;
}

/** The text without the passages of these parts. @throws MarkFailure */
export function withoutPassages(file: string, text: string, parts: ReadonlySet<string>): string {
  let end = text.length;
  let rest = '';
  const cut = passagesOf(file, text)
    .filter(({ name }) => parts.has(name))
    .sort((one, other) => other.to - one.to || one.from - other.from);
  for (const { from, to } of cut) {
    // A passage within one that is cut already.
    if (to <= end) {
      rest = text.slice(to, end) + rest;
      end = from;
    }
  }
  return text.slice(0, end) + rest;
}

/** The text as it is, without any mark. */
export function withoutMarks(text: string): string {
  return marksOf(text)
    .toReversed()
    .reduce((left, { kind, from, to }) => {
      const rest = kind === 'line' ? left.slice(from, to).replace(LINE_MARK, '') : '';
      return left.slice(0, from) + rest + left.slice(to);
    }, text);
}

function marksOf(text: string): Mark[] {
  return [...text.matchAll(COMMENT)].map(({ 0: all, index, groups }) => {
    const lineStart = text.lastIndexOf('\n', index) + 1;
    const newLine = text.indexOf('\n', index);
    const nextLine = newLine < 0 ? text.length : newLine + 1;
    const isAlone = text.slice(lineStart, nextLine).trim() === all;
    const [from, to] = isAlone ? [lineStart, nextLine] : [index, index + all.length];
    const name = groups!['name']!;
    if (groups!['word'] === 'end') {
      return { kind: 'end', name, from, to };
    }
    const isRow = text[lineStart] === '|' && text.slice(index + all.length, nextLine).trim() === '|';
    return isAlone || (groups!['open'] === '<!--' && !isRow)
      ? { kind: 'begin', name, from, to }
      : { kind: 'line', name, from: lineStart, to: nextLine };
  });
}
