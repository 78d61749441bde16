export type Cell = string | number;

const line = (cells: Cell[]): string => `| ${cells.join(' | ')} |`;

/** A table of names and figures, which are aligned at the right. */
export const figures = (head: string[], rows: Cell[][]): string =>
  [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');

/** A table of texts. */
export const words = (head: string[], rows: string[][]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map((cells) => line(cells.map(escaped)))].join('\n');

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
