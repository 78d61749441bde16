import { byId, type Record } from './run-file.ts';

interface Head {
  record: Record;
  rest: Iterator<Record>;
}

/** Merges sorted sequences into one, holding one record of each: a binary heap of their first ones. */
export function* merge(sequences: readonly Iterable<Record>[]): Generator<Record> {
  const heap: Head[] = [];
  for (const sequence of sequences) {
    const rest = sequence[Symbol.iterator]();
    const first = rest.next();
    if (!first.done) {
      insert(heap, { record: first.value, rest });
    }
  }
  while (heap.length > 0) {
    const top = heap[0]!;
    yield top.record;
    const next = top.rest.next();
    if (next.done) {
      const last = heap.pop()!;
      if (heap.length > 0) {
        heap[0] = last;
      }
    } else {
      top.record = next.value;
    }
    sink(heap);
  }
}

const before = (a: Head, b: Head): boolean => byId(a.record, b.record) < 0;

function insert(heap: Head[], head: Head): void {
  let at = heap.push(head) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(heap[at]!, heap[parent]!)) {
      return;
    }
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(heap: Head[]): void {
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) {
        least = child;
      }
    }
    if (least === at) {
      return;
    }
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: Head[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
