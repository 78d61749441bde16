import { shown } from '../format/unfit.ts';

/** A row of the constraints table, or a mark of an item, that is not what the items say. */
export type Problem =
  | { type: 'claim-missing'; pk: string; id: string; expiresAt?: number }
  | { type: 'claim-of-another'; pk: string; id: string; holder: string; expiresAt?: number }
  | { type: 'claim-of-nobody'; pk: string; holder: string }
  | { type: 'claimed-twice'; pk: string; id: string; holder: string }
  | { type: 'count'; pk: string; stored: number; referrers: number }
  | { type: 'unmarked'; id: string };

/** For people: what is there, and what it means. */
export function describe(problem: Problem): string {
  switch (problem.type) {
    case 'claim-missing':
      return `${shown(problem.pk)} has no row, though item ${shown(problem.id)} has the value: another item could take it`;
    case 'claim-of-another':
      return `${shown(problem.pk)} belongs to ${shown(problem.holder)}, which does not have the value; item ${shown(problem.id)} does`;
    case 'claim-of-nobody':
      return `${shown(problem.pk)} belongs to ${shown(problem.holder)}, which does not have the value: nobody could take it`;
    case 'claimed-twice':
      return `${shown(problem.pk)} is the value of two items, ${shown(problem.holder)} and ${shown(problem.id)}: correct one of them`;
    case 'count':
      return `${shown(problem.pk)} counts ${problem.stored}, and ${problem.referrers} items refer to it`;
    case 'unmarked':
      return `item ${shown(problem.id)} is referred to and does not say so: it could be deleted`;
  }
}
