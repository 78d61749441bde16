import { type Equality, valueAt } from './subscription-filter.ts';

/**
 * Indexes members by the values that an event must equal for them to match, so that the cost of a mutation depends on its
 * deliveries and not on all subscriptions: checking each of 10,000 subscriptions to other ids took 2.5 ms an event (measured
 * 2026-11-24).
 */
export interface MatchIndex<Member> {
  /** @param alternatives of which one must hold with all its equalities; an empty alternative may match every event */
  add(member: Member, alternatives: Equality[][]): void;
  delete(member: Member): void;
  /** Visits all members that may match, and few others; members may be added and deleted meanwhile. */
  visit(event: unknown, visitor: (member: Member) => void): void;
  readonly size: number;
}

/** The members that require one value in one place. */
interface Bucket<Member> {
  members: Set<Member>;
  remove(): void;
}

interface Place<Member> {
  path: string[];
  buckets: Map<unknown, Bucket<Member>>;
}

export function createMatchIndex<Member>(): MatchIndex<Member> {
  const places = new Map<string, Place<Member>>();
  const everywhere = new Set<Member>();
  const homes = new Map<Member, Bucket<Member>[]>();

  const placeOf = (path: string[]): Place<Member> => {
    const key = path.join('.');
    const place = places.get(key) ?? { path, buckets: new Map<unknown, Bucket<Member>>() };
    places.set(key, place);
    return place;
  };
  const bucketOf = (path: string[], value: unknown): Bucket<Member> => {
    const { buckets } = placeOf(path);
    const bucket = buckets.get(value) ?? newBucket(places, path.join('.'), buckets, value);
    buckets.set(value, bucket);
    return bucket;
  };
  /** Of several equalities, the one with the fewest members: an owner may have thousands, an id has few. */
  const rarest = (equalities: Equality[]): Equality =>
    equalities.reduce((rare, equality) => (crowd(equality) < crowd(rare) ? equality : rare));
  const crowd = ({ path, values }: Equality): number => {
    const buckets = places.get(path.join('.'))?.buckets;
    return values.reduce<number>((sum, value) => sum + (buckets?.get(value)?.members.size ?? 0), 0);
  };

  return {
    add(member, alternatives) {
      const findable = alternatives.length > 0 && alternatives.every(({ length }) => length > 0);
      const equalities = findable ? alternatives.map(rarest) : [];
      const buckets = new Set(
        equalities.flatMap(({ path, values }) => values.map((value) => bucketOf(path, value))),
      );
      homes.set(member, [...buckets]);
      if (!findable) {
        everywhere.add(member);
      }
      buckets.forEach(({ members }) => members.add(member));
    },
    delete(member) {
      everywhere.delete(member);
      for (const { members, remove } of homes.get(member) ?? []) {
        members.delete(member);
        if (members.size === 0) {
          remove();
        }
      }
      homes.delete(member);
    },
    visit(event, visitor) {
      // Filters pass every list.
      if (Array.isArray(event)) {
        return [...homes.keys()].forEach(visitor);
      }
      everywhere.forEach(visitor);
      const met = new Set<Member>();
      for (const { path, buckets } of places.values()) {
        buckets.get(valueAt(event, path))?.members.forEach((member) => {
          const once = (homes.get(member)?.length ?? 0) < 2;
          if (once || !met.has(member)) {
            visitor(member);
          }
          if (!once) {
            met.add(member);
          }
        });
      }
    },
    get size() {
      return homes.size;
    },
  };
}

const newBucket = <Member>(
  places: Map<string, Place<Member>>,
  key: string,
  buckets: Map<unknown, Bucket<Member>>,
  value: unknown,
): Bucket<Member> => ({
  members: new Set(),
  remove() {
    buckets.delete(value);
    if (buckets.size === 0) {
      places.delete(key);
    }
  },
});
