import { claimsIn, expiresAtOf, referencesIn, type Row } from '../format/row.ts';
import type { Problem } from './problem.ts';

/** The item that a claim belongs to. */
export interface Holder {
  id: string;
  /** Epoch seconds. */
  expiresAt?: number;
}

/** What the items say that the constraints table holds. In memory it is as large as all ids, claims and references. */
export class Expected {
  /** By the claim's key. */
  readonly claims = new Map<string, Holder>();
  /** How many items refer to an id. */
  readonly referrers = new Map<string, number>();
  readonly problems: Problem[] = [];
  /** Whether each item has the mark `referenced`. */
  readonly #marks = new Map<string, boolean>();
  references = 0;

  get items(): number {
    return this.#marks.size;
  }

  add(row: Row): void {
    const id = row['id']!.S!;
    const expiresAt = expiresAtOf(row);
    this.#marks.set(id, row['referenced']?.BOOL === true);
    for (const pk of claimsIn(row)) {
      const other = this.claims.get(pk);
      if (other) {
        this.problems.push({ type: 'claimed-twice', pk, id, holder: other.id });
      } else {
        this.claims.set(pk, { id, ...(expiresAt !== undefined && { expiresAt }) });
      }
    }
    // An item's reference to itself is not counted (transfer/import/plan.ts).
    for (const target of referencesIn(row).filter((one) => one !== id)) {
      this.referrers.set(target, (this.referrers.get(target) ?? 0) + 1);
      this.references += 1;
    }
  }

  /** References to ids without an item: an expiry leaves them, and an import. */
  get leadingNowhere(): number {
    return [...this.referrers.keys()].filter((id) => !this.#marks.has(id)).length;
  }

  /** Items that others refer to and that do not say so: their deletion would not look for referrers. */
  get unmarked(): string[] {
    return [...this.referrers.keys()].filter((id) => this.#marks.get(id) === false);
  }
}
