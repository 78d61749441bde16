import { styleText } from 'node:util';
import type { SectionResult, Table, Target } from '../section.ts';
import { cellText, numberText } from './number.ts';
import { isMet, limitText } from './target.ts';

type Format = Parameters<typeof styleText>[0];

/** Colours only for people: on a terminal, and not where NO_COLOR asks for none (no-color.org). */
const styled = (format: Format, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text, { validateStream: false }) : text;

export function sectionText(title: string, { tables, targets, skipped }: SectionResult): string {
  return [
    '',
    styled('bold', title),
    ...tables.flatMap(tableLines),
    ...(targets.length > 0 ? ['', ...targets.map(targetLine)] : []),
    ...skipped.map((line) => styled('yellow', `skipped  ${line}`)),
  ].join('\n');
}

function tableLines({ title, columns, rows, notes = [] }: Table): string[] {
  const cells = rows.map((row) => row.map(cellText));
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...cells.map((row) => (row[at] ?? '').length)),
  );
  const isNumeric = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  const line = (row: string[]): string =>
    row
      .map((cell, at) => (isNumeric[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return [
    '',
    title,
    `  ${styled('dim', line(columns))}`,
    ...cells.map((row) => `  ${line(row)}`),
    ...notes.map((note) => `  ${styled('dim', note)}`),
  ];
}

function targetLine(target: Target): string {
  const verdict = isMet(target) ? styled('green', 'met    ') : styled('red', 'not met');
  return `${verdict}  ${target.name}: ${numberText(target.ratio)} (${limitText(target)})`;
}
