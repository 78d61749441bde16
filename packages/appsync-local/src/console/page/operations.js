const BLOCK_STRINGS = /"""[^]*?"""/g;
const STRINGS_AND_COMMENTS = /"(?:\\.|[^"\\\n])*"|#.*/g;
const INNERMOST_PARENTHESES = /\([^()]*\)|\[[^[\]]*\]/g;
const INNERMOST_BRACES = /\{[^{}]*\}/g;

/**
 * The operations of a document in their order, `name` undefined for one without. GraphiQL knows them too, but for a
 * moment after another tab is shown it still goes by the last one's.
 *
 * @param {string} document
 * @returns {{ kind: 'query' | 'mutation' | 'subscription', name?: string }[]}
 */
export function operationsIn(document) {
  const bare = document.replace(BLOCK_STRINGS, ' ').replace(STRINGS_AND_COMMENTS, ' ');
  const heads = untilStable(untilStable(bare, INNERMOST_PARENTHESES, ' '), INNERMOST_BRACES, ';').split(';');
  // After the last definition there is nothing; what stands before a selection set is an operation or a fragment.
  return heads.slice(0, -1).flatMap((head) => {
    const [, kind = 'query', name] = /^\s*(\w+)?\s*(\w+)?/.exec(head);
    return kind === 'fragment' ? [] : [{ kind, name }];
  });
}

function untilStable(text, pattern, replacement) {
  const shorter = text.replace(pattern, replacement);
  return shorter === text ? text : untilStable(shorter, pattern, replacement);
}
