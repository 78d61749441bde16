/** The place of a value in the response, innermost key first. */
export interface Path {
  key: string | number;
  previous: Path | null;
}

export function pathKeys(path: Path | null): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at; at = at.previous) {
    keys.push(at.key);
  }
  return keys.reverse();
}

/** A path in graphql-java's notation: `/listItems/items[0]/id`. */
export function pathText(path: Path | null): string {
  return pathKeys(path)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`))
    .join('');
}

/** The number of fields on a path; list positions do not count. */
export function fieldDepth(path: Path | null): number {
  return pathKeys(path).filter((key) => typeof key === 'string').length;
}
