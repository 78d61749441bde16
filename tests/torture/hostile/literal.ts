/** A value written into a document; null where GraphQL has no way to write it. */
export function literalOf(value: unknown): string | null {
  if (Array.isArray(value)) {
    const parts = value.map(literalOf);
    return parts.includes(null) ? null : `[${parts.join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([name, member]) => {
      const literal = /^[_A-Za-z]\w*$/.test(name) ? literalOf(member) : null;
      return literal === null ? null : `${name}: ${literal}`;
    });
    return parts.includes(null) ? null : `{${parts.join(', ')}}`;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? JSON.stringify(value) : null;
  }
  return JSON.stringify(value);
}
