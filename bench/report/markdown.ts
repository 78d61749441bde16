import type { Measured, Results } from '../measured.ts';
import type { Table, Target } from '../section.ts';
import { cellText, numberText } from './number.ts';
import { isMet, limitText } from './target.ts';

/** `docs/benchmarks.md`: every figure on it comes from the results, none is written by hand. */
export function benchmarksPage({ sections }: Results): string {
  return [
    '# Benchmarks',
    '<!-- Written by npm run bench; edit bench/ instead. -->',
    INTRODUCTION,
    ...sections.flatMap(sectionBlocks),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `\`npm run bench\` compares this project (appsync-items) with similar servers and with theoretical minimums, in one run. It writes
\`bench/results/\` (the newest result of each section), this page and its plots. \`npm run bench -- --quick\` measures some of the ratios
within a minute. It starts each server once, so that its ratios vary from run to run, and leaves out other GraphQL servers, numbers of connections other
than 16, first starts and the sections that \`npm run bench -- --help\` marks. The first run installs the other servers into \`bench/peers/\`.

- **Rounds**: all contenders take turns in short rounds, and a ratio is the median of the rounds' ratios, so other load on the machine affects all alike.
- **Server CPU** is the user and system time of the server's own process (\`process.cpuUsage\`). Requests come from another process, and every answer is checked.
- **One hop** is a bare \`node:http\` server that makes one DynamoDB call for each request: the theoretical minimum.
- **Spread** is half the distance between the quartiles of the rounds.

Absolute times depend on the machine: compare the ratios.`;

function sectionBlocks({ title, result, ...measured }: Measured): string[] {
  return [
    `## ${title}`,
    measuredLine(measured),
    ...(result.targets.length > 0 ? [targetTable(result.targets)] : []),
    ...result.plots.map(({ file, title }) => `![${title}](benchmarks/${file}.svg)`),
    ...result.tables.flatMap(tableBlocks),
    ...(result.skipped.length > 0
      ? [`Not measured here:\n\n${result.skipped.map((line) => `- ${line}`).join('\n')}`]
      : []),
  ];
}

function measuredLine({ at, commit, node, machine, load }: Omit<Measured, 'title' | 'result'>): string {
  return (
    `Measured ${at.slice(0, 10)} at commit ${commit} with Node.js ${node} on ${machine.cores} cores of ${machine.cpu}, ` +
    `${machine.memoryGiB} GiB, ${machine.system}; load average ${load.before} before, ${load.after} after.`
  );
}

function targetTable(targets: Target[]): string {
  const rows = targets.map((target) => [
    target.name,
    numberText(target.ratio),
    limitText(target),
    isMet(target) ? 'met' : '**not met**',
  ]);
  return markdownTable(['target', 'measured', 'wanted', ''], rows, [false, true, false, false]);
}

function tableBlocks({ title, columns, rows, notes = [] }: Table): string[] {
  const isNumeric = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  const cells = rows.map((row) => row.map(cellText));
  return [`### ${title}`, markdownTable(columns, cells, isNumeric), ...notes];
}

/** Padded as `npm run format` does it, so that a run changes nothing but figures. */
function markdownTable(columns: string[], rows: string[][], isNumeric: boolean[]): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((row) => [...(row[at] ?? '')].length)));
  const line = (row: string[]): string =>
    `| ${row.map((cell, at) => (isNumeric[at] ? padStart(cell, widths[at]!) : padEnd(cell, widths[at]!))).join(' | ')} |`;
  const rule = `| ${widths
    .map((width, at) => (isNumeric[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
    .join(' | ')} |`;
  return [line(lines[0]!), rule, ...lines.slice(1).map(line)].join('\n');
}

const padStart = (text: string, width: number): string => ' '.repeat(width - [...text].length) + text;
const padEnd = (text: string, width: number): string => text + ' '.repeat(width - [...text].length);
