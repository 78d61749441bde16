import { parse } from 'acorn';
import type { CodeUnit } from '../../src/runtime/check/rule.ts';
import { analyzeScopes } from '../../src/runtime/check/scopes.ts';

/** Code as its checks and translations take it, without being checked itself. @throws SyntaxError */
export function codeUnit(text: string): CodeUnit {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  return { program, scopes: analyzeScopes(program) };
}
