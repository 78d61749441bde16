import type { Findings, Harm, Problem } from './findings.ts';

export interface PartResult {
  name: string;
  findings: Findings;
}

const HARMS: Harm[] = ['lost', 'leaked', 'wrong'];
const WIDTH = 100;

/** Whether nothing was lost, leaked or answered wrongly. */
export const isClean = (results: readonly PartResult[]): boolean =>
  results.every(({ findings }) => findings.problems.length === 0);

/** What was tried, and how often each harm was done. */
export function tableText(results: readonly PartResult[]): string {
  const nameWidth = Math.max(...results.map(({ name }) => name.length), 'part'.length);
  const line = (name: string, tried: string, harms: string[]): string =>
    [name.padEnd(nameWidth), tried.padEnd(WIDTH), ...harms.map((cell) => cell.padStart(6))]
      .join('  ')
      .trimEnd();
  const rows = results.flatMap(({ name, findings }) =>
    wrapped(triedText(findings)).map((tried, index) =>
      index === 0
        ? line(
            name,
            tried,
            HARMS.map((harm) => String(findings.timesOf(harm))),
          )
        : line('', tried, []),
    ),
  );
  return [line('part', 'tried', HARMS), ...rows].join('\n');
}

const triedText = ({ counts }: Findings): string =>
  [...counts].map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`).join(', ') || 'nothing';

/** Lines no wider than the column, broken at blanks. */
function wrapped(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > WIDTH) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines;
}

/** Every problem with what led to it; empty when there is none. */
export const problemsText = (results: readonly PartResult[]): string =>
  results
    .flatMap(({ name, findings }) => findings.problems.map((problem) => problemText(name, problem)))
    .join('\n');

function problemText(part: string, { harm, what, detail, times }: Problem): string {
  const title = `✗ ${part}: ${harm}: ${what}${times > 1 ? ` (${times} times)` : ''}`;
  return detail === undefined ? title : `${title}\n${detail.replace(/^/gm, '    ')}`;
}
