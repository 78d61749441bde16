export interface NamedOperation {
  kind: 'query' | 'mutation' | 'subscription';
  name?: string;
}

const BLOCK_STRINGS = /"""[^]*?"""/g;
const STRINGS_AND_COMMENTS = /"(?:\\.|[^"\\\n])*"|#.*/g;
const INNERMOST_PARENTHESES = /\([^()]*\)|\[[^[\]]*\]/g;
const INNERMOST_BRACES = /\{[^{}]*\}/g;

/**
 * The operations of a document in order, with `name` undefined for one without. GraphiQL knows them too, but for a moment after
 * another tab is shown it still uses those of the previous one.
 */
export function operationsIn(document: string): NamedOperation[] {
  const bare = document.replace(BLOCK_STRINGS, ' ').replace(STRINGS_AND_COMMENTS, ' ');
  const heads = untilStable(untilStable(bare, INNERMOST_PARENTHESES, ' '), INNERMOST_BRACES, ';').split(';');
  // Each text before a selection set begins an operation or a fragment; the last one follows the last definition.
  return heads.slice(0, -1).flatMap((head) => {
    const [, kind = 'query', name] = /^\s*(\w+)?\s*(\w+)?/.exec(head)!;
    return kind === 'fragment' ? [] : [{ kind: kind as NamedOperation['kind'], name }];
  });
}

function untilStable(text: string, pattern: RegExp, replacement: string): string {
  const shorter = text.replace(pattern, replacement);
  return shorter === text ? text : untilStable(shorter, pattern, replacement);
}
