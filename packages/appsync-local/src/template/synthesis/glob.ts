/** Says whether a path, relative and with `/`, is one that patterns cover. */
export type Matches = (path: string) => boolean;

/**
 * Compiles glob patterns as cdk.json's `watch` has them: `**`, `*`, `?`, `{a,b}` and `[abc]`. As in the file watcher
 * that `cdk watch` uses, a pattern that covers a directory covers all that is in it, and leading dots are not special.
 */
export function compileGlobs(patterns: string[]): Matches {
  if (patterns.length === 0) {
    return () => false;
  }
  const expression = new RegExp(`^(?:${patterns.map(toExpression).join('|')})(?:/.*)?$`, 's');
  return (path) => expression.test(path);
}

const PIECES = /\*\*\/|\/\*\*$|\*\*|\*|\?|\{[^{}]*\}|\[[^\]]*\]|[^*?{[]+|./gs;

function toExpression(pattern: string): string {
  const plain = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  return (plain.match(PIECES) ?? []).map(pieceToExpression).join('');
}

function pieceToExpression(piece: string): string {
  if (piece === '**/') {
    return '(?:[^/]+/)*';
  }
  if (piece === '/**') {
    return '(?:/.*)?';
  }
  if (piece === '**') {
    return '.*';
  }
  if (piece === '*') {
    return '[^/]*';
  }
  if (piece === '?') {
    return '[^/]';
  }
  if (/^\{.*\}$/s.test(piece)) {
    return `(?:${piece.slice(1, -1).split(',').map(toExpression).join('|')})`;
  }
  if (/^\[.+\]$/s.test(piece)) {
    return piece.replace(/^\[!/, '[^');
  }
  return piece.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
}
