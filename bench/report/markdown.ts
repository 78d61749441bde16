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

const INTRODUCTION = `\`npm run bench\` measures all of this side by side, writes \`bench/results/\` (the newest of each section) and this page, and draws its plots;
\`npm run bench -- --quick\` takes a minute for some of the ratios, against fewer peers. What it compares with is installed at the
first run, into \`bench/peers/\`.

Contenders take turns in short rounds of one run, and a ratio is the median of the ratios of one round each, so that a machine that is
busy for a while slows all alike. Server CPU is the user and system time of the server's own process (\`process.cpuUsage\`); requests come from
another process, and every answer is checked. "Spread" is half the distance between the quarters of the rounds. Absolute times belong to the
machine they were measured on: read the ratios.`;

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

/** Padded as Prettier does it, so that a run changes nothing but figures. */
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
