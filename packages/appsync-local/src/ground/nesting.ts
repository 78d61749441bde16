/**
 * Levels of nesting that a request may have: recursive functions walk what clients send. AppSync's limit is unknown; DynamoDB
 * accepts 32 levels.
 */
export const MAX_NESTING = 500;

/** Whether lists and objects are nested more than `levels` deep. */
export function isNestedDeeper(value: unknown, levels: number = MAX_NESTING): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (levels === 0) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some((element) => isNestedDeeper(element, levels - 1));
  }
  for (const name in value) {
    if (isNestedDeeper((value as Record<string, unknown>)[name], levels - 1)) {
      return true;
    }
  }
  return false;
}
