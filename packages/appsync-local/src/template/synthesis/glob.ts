/** Whether patterns cover a path, which is relative and uses `/`. */
export type Matches = (path: string) => boolean;

/**
 * Compiles glob patterns in the form of cdk.json's `watch`: `**`, `*`, `?`, `{a,b}` and `[abc]`. As in the file watcher of `cdk
 * watch`, a pattern that covers a directory covers everything in it, and leading dots are not special.
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
