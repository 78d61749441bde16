import type { SectionResult } from './section.ts';

/** One section with where and when it was measured: what a file in `bench/results/` holds. */
export interface Measured {
  name: string;
  title: string;
  /** ISO 8601. */
  at: string;
  /** Short hash, with `+` when the work tree differed from it. */
  commit: string;
  node: string;
  machine: Machine;
  /** Load averages of one minute; 0 on Windows, which has none. */
  load: { before: number; after: number };
  result: SectionResult;
}

/** The machine of a measurement. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
}

/** What the page is made of. */
export interface Results {
  sections: Measured[];
}
