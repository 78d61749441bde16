import { cut } from './compact.ts';
import type { LatencySummary } from './latencies.ts';
import { stylesFor, type Style, type Styles } from './style.ts';

/** Widths in columns: the step's name, the arrow, the latency. What is between them takes the rest. */
const STEP = 12;
const ARROW = 2;
const LATENCY = 8;
const WIDEST = 100;

/** Where the tour is written: stdout, or what stands in for it. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Writes the tour in aligned columns; no line is longer than the terminal, nor than 100 columns. */
export class Screen {
  readonly style: Styles;
  readonly #output: Output;
  readonly #width: number;
  #step = '';
  #pending = false;
  #closed = false;

  constructor(output: Output, noColor: string | undefined) {
    this.#output = output;
    this.#width = Math.min(WIDEST, output.columns || WIDEST);
    this.style = stylesFor(output.isTTY === true, noColor);
  }

  /** Columns between the arrow and the latency. */
  get #room(): number {
    return this.#width - STEP - ARROW - LATENCY;
  }

  /** The name of a step, written beside the next line. */
  step(name: string): void {
    this.#step = name;
  }

  /** What is sent. */
  sent(text: string): void {
    this.#row(this.style.sent('→'), cut(text, this.#room + LATENCY));
  }

  /** What came back, and after how many milliseconds. */
  received(text: string, ms?: number): void {
    this.#answer(text, this.style.good, ms);
  }

  /** An error that came back. */
  refused(text: string, ms?: number): void {
    this.#answer(text, this.style.bad, ms);
  }

  /** More of what came back. */
  detail(text: string, style: Style = (plain) => plain): void {
    this.#row(' ', style(cut(text, this.#room + LATENCY)));
  }

  /** Rows of cells beneath what came back, aligned in columns, the first row as their head. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = head.map((_, column) =>
      Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
    );
    const line = (row: readonly string[]): string =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    this.detail(line(head), this.style.faint);
    rows.forEach((row) => this.detail(line(row)));
  }

  /** A line of its own, from the left edge. */
  line(text: string, style: Style = (plain) => plain): void {
    this.#writeLine(style(cut(text, this.#width)));
  }

  /** How far a long step has come: on a terminal only, in place of the line that comes next. */
  progress(text: string): void {
    if (this.#output.isTTY) {
      this.#write(`\r\x1b[K${' '.repeat(STEP)}${this.style.faint(cut(`… ${text}`, this.#room))}`);
      this.#pending = true;
    }
  }

  /** Writes no more: the tour has ended, or was ended while a step still waits for its answer. */
  close(): void {
    this.#clearProgress();
    this.#closed = true;
  }

  /** A table of latencies in milliseconds, two operations a line where the terminal has 100 columns. */
  latencies(summaries: readonly LatencySummary[]): void {
    const perLine = this.#width >= WIDEST ? 2 : 1;
    const lines = Math.ceil(summaries.length / perLine);
    const head = latencyCells('Latencies in ms', 'count', 'p50', 'p99', 'max');
    this.line(Array<string>(perLine).fill(head).join('    '), this.style.step);
    for (let index = 0; index < lines; index += 1) {
      const beside = [summaries[index], summaries[index + lines]].slice(0, perLine);
      this.line(beside.flatMap((one) => (one ? [latencyRow(one)] : [])).join('    '));
    }
  }

  #answer(text: string, style: Style, ms: number | undefined): void {
    if (ms === undefined) {
      this.#row(style('←'), cut(text, this.#room + LATENCY));
    } else {
      const latency = `${milliseconds(ms)} ms`.padStart(LATENCY);
      this.#row(style('←'), cut(text, this.#room).padEnd(this.#room) + this.style.faint(latency));
    }
  }

  #row(arrow: string, text: string): void {
    const step = this.style.step(this.#step.padEnd(STEP));
    this.#step = '';
    this.#writeLine(`${step}${arrow} ${text}`);
  }

  #writeLine(text: string): void {
    this.#clearProgress();
    this.#write(`${text}\n`);
  }

  #clearProgress(): void {
    if (this.#pending) {
      this.#write('\r\x1b[K');
      this.#pending = false;
    }
  }

  #write(text: string): void {
    if (!this.#closed) {
      this.#output.write(text);
    }
  }
}

const latencyRow = ({ operation, count, p50, p99, max }: LatencySummary): string =>
  latencyCells(operation, String(count), milliseconds(p50), milliseconds(p99), milliseconds(max));

const latencyCells = (operation: string, ...numbers: string[]): string =>
  operation.padEnd(20) + numbers.map((number) => number.padStart(7)).join('');

/** Tenths where they matter, below 100 ms. */
export const milliseconds = (ms: number): string => ms.toFixed(ms < 100 ? 1 : 0);
