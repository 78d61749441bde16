/** Keeps a memory within bounds: removes what was added first, until at most this many are left. */
export function dropOldest(memory: Set<unknown> | Map<unknown, unknown>, most: number): void {
  for (const key of memory.keys()) {
    if (memory.size <= most) {
      return;
    }
    memory.delete(key);
  }
}
