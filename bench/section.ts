/** What a section is given to work with. */
export interface BenchContext {
  /** A few seconds a section and fewer contenders: enough for ratios, not for small differences. */
  quick: boolean;
  /** An empty directory that is removed afterwards. */
  scratch: string;
  /** Says what goes on; called at least once a second or so. */
  progress(line: string): void;
}

/** One of the things `npm run bench` measures. */
export interface Section {
  /** Short name for the command line, such as `put-get`. */
  name: string;
  title: string;
  /** True for what has no place in the minute of `--quick`, which leaves it out unless it is named. */
  slow?: true;
  /** @throws when something that must work does not: a contender that cannot be had is named in `skipped` instead */
  run(context: BenchContext): Promise<SectionResult>;
}

export interface SectionResult {
  tables: Table[];
  targets: Target[];
  plots: Plot[];
  /** What could not be measured here, each with the reason. */
  skipped: string[];
  /** Samples behind the tables, kept in `bench/results/`. */
  samples: unknown;
}

export interface Table {
  title: string;
  columns: string[];
  /** Numbers are printed with three significant digits; texts as they are. */
  rows: (string | number)[][];
  /** Sentences below the table. */
  notes?: string[];
}

/** A ratio between two figures of one run, and what it is meant to be. */
export interface Target {
  /** Such as `put: server CPU relative to one hop`. */
  name: string;
  ratio: number;
  /** Exactly one of the two. */
  atMost?: number;
  atLeast?: number;
}

export type Plot = BarPlot | LinePlot;

interface PlotFrame {
  /** File name below `docs/benchmarks/`, without its ending. */
  file: string;
  title: string;
  /** Unit of the values, such as `µs of server CPU per request`. */
  unit: string;
}

/** Bars begin at zero: the length of a bar on a log scale says nothing, for its beginning is arbitrary. */
export interface BarPlot extends PlotFrame {
  kind: 'bars';
  /** `ours` is drawn in the accent colour. */
  bars: { label: string; value: number; ours?: boolean }[];
}

export interface LinePlot extends PlotFrame {
  kind: 'lines';
  /** Of the y axis. */
  scale: 'linear' | 'log';
  /** What the x axis counts; drawn on a log scale. */
  xLabel: string;
  lines: { label: string; points: [x: number, y: number][]; ours?: boolean }[];
}
