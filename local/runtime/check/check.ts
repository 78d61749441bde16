import { parse } from 'acorn';
import type { AnyNode, Options, Program } from 'acorn';
import type { SourceMap } from '../../template/model.ts';
import { sourcePositions } from '../source-positions.ts';
import type { SourcePositions } from '../source-positions.ts';
import type { CodeProblem } from '../runtime.types.ts';
import { contextWrites } from './context-writes.ts';
import { handlersExported } from './exports.ts';
import { functions } from './functions.ts';
import { globals } from './globals.ts';
import { imports } from './imports.ts';
import { methods } from './methods.ts';
import { recursion } from './recursion.ts';
import type { CodeUnit, Rule } from './rule.ts';
import { analyzeScopes } from './scopes.ts';
import { syntax } from './syntax.ts';

/** Characters, source map included (AppSync endpoints and quotas, "Evaluated/resolver code size": 32 KB). */
export const CODE_LIMIT = 32_768;

/**
 * No later ECMAScript than the oldest supported Node.js compiles: what acorn took and V8 did not would be a failure
 * of ours instead of a problem of the code.
 */
const SYNTAX: Options = { ecmaVersion: 2024, sourceType: 'module', locations: true, allowHashBang: false };

const RULES: readonly Rule[] = [
  syntax,
  imports,
  handlersExported,
  globals,
  methods,
  functions,
  recursion,
  contextWrites,
];

/** The code unit's own members are absent when the text is no ECMAScript module. */
export interface Checked extends Partial<CodeUnit> {
  /** In the order of the uploaded code; empty when AppSync would take it. */
  problems: CodeProblem[];
}

/**
 * Looks for everything AppSync would refuse at upload. Problems are placed in the author's own source.
 * @param sourceMap the code's, if it is not inline
 */
export function check(text: string, sourceMap?: SourceMap): Checked {
  const positions = sourcePositions(text, sourceMap);
  const parsed = parseModule(text, positions);
  if (!('program' in parsed)) return { problems: [...tooLong(text, positions), parsed.problem] };
  const { program } = parsed;
  const unit = { program, scopes: analyzeScopes(program) };
  return { ...unit, problems: [...tooLong(text, positions), ...lint(unit, positions)] };
}

function parseModule(
  text: string,
  positions: SourcePositions,
): { program: Program } | { problem: CodeProblem } {
  try {
    return { program: parse(text, SYNTAX) };
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number; column: number } };
    const place = positions.at(loc.line, loc.column + 1);
    return {
      problem: {
        errorType: 'PARSER_ERROR',
        message: message.replace(/ \(\d+:\d+\)$/, ''),
        ...place,
        span: -1,
      },
    };
  }
}

function lint(unit: CodeUnit, positions: SourcePositions): CodeProblem[] {
  const found: { node: AnyNode; message: string }[] = [];
  for (const rule of RULES) rule(unit, (node, message) => found.push({ node, message }));
  return found
    .sort((a, b) => a.node.start - b.node.start)
    .map(({ node, message }) => {
      const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
      return { errorType: 'LINT_ERROR', message, ...positions.at(line, column + 1), span: spanOf(node) };
    });
}

function tooLong(text: string, positions: SourcePositions): CodeProblem[] {
  if (text.length <= CODE_LIMIT) return [];
  const message = `The code has ${text.length} characters; AppSync takes ${CODE_LIMIT}, the source map included.`;
  return [{ errorType: 'LINT_ERROR', message, ...positions.at(1, 1), span: -1 }];
}

const spanOf = ({ start, end, loc }: AnyNode): number =>
  loc && loc.start.line === loc.end.line ? end - start : -1;
