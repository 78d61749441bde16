import { constraintsOf } from './format/constraints-of.ts';
import { parseLine } from './format/parse-line.ts';
import { Unfit } from './format/unfit.ts';
import { linesOf, openSource } from './import/source.ts';
import type { Progress } from './progress.ts';
import { TransferFailure } from './transfer-failure.ts';

/** What the rules of a kind say of its stored items. */
export interface TriedKind {
  items: number;
  /** Items that the rules refuse. */
  refused: number;
  /** The first of them, each with its line and all violations. */
  examples: string[];
}

const EXAMPLES = 3;

/**
 * Holds all items of an export against the rules of their kinds, as they are in this checkout.
 *
 * @param file as of `npm run export`, in either format
 * @returns by the name of the kind; kinds without items are absent
 * @throws TransferFailure for a file that is no export
 */
export async function tryKinds(file: string, progress: Progress): Promise<Map<string, TriedKind>> {
  const source = await openSource(file);
  const kinds = new Map<string, TriedKind>();
  let read = 0;
  let items = 0;
  try {
    for await (const { bytes, place } of linesOf(source, (sum) => (read = sum))) {
      const { kind, problem } = tryLine(bytes, place);
      if (kind !== undefined) {
        count(kinds, kind, problem && `${place}: ${problem}`);
      }
      items += 1;
      progress.update('trying stored items', read / source.bytes, items);
    }
  } finally {
    source.close();
    progress.clear();
  }
  return kinds;
}

interface TriedLine {
  /** Undefined for an item without rules. */
  kind?: string;
  problem?: string;
}

function tryLine(bytes: Buffer, place: string): TriedLine {
  let kind: string | undefined;
  try {
    const parsed = parseLine(bytes, { now: new Date().toISOString(), validated: false });
    kind = parsed?.row['kind']?.S;
    if (!parsed || kind === undefined) {
      return {};
    }
    constraintsOf(parsed.id, kind, parsed.row, true);
    return { kind };
  } catch (error) {
    if (!(error instanceof Unfit)) {
      throw error;
    }
    kind ??= kindOf(bytes);
    if (kind === undefined) {
      throw new TransferFailure(
        `${place}: ${error.message}; npm run import -- FILE --dry-run names all such lines`,
      );
    }
    return { kind, problem: error.message };
  }
}

/** The kind that a line in JSON Lines names, which may be none that there is. */
function kindOf(bytes: Buffer): string | undefined {
  try {
    const { kind } = JSON.parse(bytes.toString()) as { kind?: unknown };
    return typeof kind === 'string' ? kind : undefined;
  } catch {
    return undefined;
  }
}

function count(kinds: Map<string, TriedKind>, kind: string, problem: string | undefined): void {
  const tried = kinds.get(kind) ?? { items: 0, refused: 0, examples: [] };
  kinds.set(kind, tried);
  tried.items += 1;
  if (problem !== undefined) {
    tried.refused += 1;
    if (tried.examples.length < EXAMPLES) {
      tried.examples.push(problem);
    }
  }
}
