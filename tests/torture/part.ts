import type { Random } from '../../packages/appsync-local/tests/harness/random.ts';
import type { Findings } from './findings.ts';
import type { Ground } from './harness/ground.ts';
import type { Rounds } from './rounds.ts';

/** What a part gets. */
export interface Torture {
  /** Choices that the seed of the run repeats, for this part alone. */
  random: Random;
  /**
   * The rounds of a loop; quick and brief runs bound them by count as well as by time.
   *
   * @param quickRounds most rounds of a quick run
   * @param share of the part's time that the loop may take. @default all of it
   */
  rounds: Rounds;
  findings: Findings;
  /** Starts servers, and ends them. */
  ground: Ground;
}

/** One kind of torture. */
export interface Part {
  /** For `--only`. */
  name: string;
  /** A line that says what is done to the server. */
  says: string;
  /** Tells what it finds; what it throws is a problem, too. */
  run(torture: Torture): Promise<void>;
}
