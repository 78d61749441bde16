/**
 * A value without what differs from run to run: ids become `<uuid>`, times `<time>`. Objects keep no order, because
 * DynamoDB keeps none.
 */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>');
  }
  if (Array.isArray(value)) {
    return value.map(masked);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]))
    : value;
}
