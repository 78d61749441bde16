import { getLineInfo, parse } from 'acorn';
import type { Options, Program } from 'acorn';
import type { SourceMap } from '../../template/app-model.ts';
import type { CodeProblem } from '../runtime.types.ts';
import { sourcePositions } from '../source-positions.ts';
import type { SourcePositions } from '../source-positions.ts';
import { contextWrites } from './context-writes.ts';
import { handlersExported } from './exports.ts';
import { inOrder, without } from './found.ts';
import type { Found } from './found.ts';
import { functions } from './functions.ts';
import { globals } from './globals.ts';
import { imports } from './imports.ts';
import { methods } from './methods.ts';
import { recursion } from './recursion.ts';
import type { CodeUnit, Rule } from './rule.ts';
import { analyzeScopes } from './scopes.ts';
import { syntax } from './syntax.ts';
import type { TypeFindings } from './types/findings.ts';
import { typeCheck, typeCheckAll } from './types/type-check.ts';
import { toFound, verdictsOn } from './types/verdicts.ts';
import type { Verdicts } from './types/verdicts.ts';

/** Characters, source map included (AppSync endpoints and quotas, "Evaluated/resolver code size": 32 KB). */
export const CODE_LIMIT = 32_768;

/**
 * ECMAScript 2024 is what the oldest supported Node.js compiles. With a later version acorn would accept code that V8 refuses,
 * and the failure would be ours instead of a problem in the code.
 */
const SYNTAX: Options = { ecmaVersion: 2024, sourceType: 'module', locations: true, allowHashBang: false };

const NOTHING: TypeFindings = { syntax: [], types: [] };

const RULES: readonly Rule[] = [syntax, handlersExported, methods, functions, recursion, contextWrites];

/** TypeScript reports the same names; where it does, its message replaces the ones from these rules. */
const RULES_ON_NAMES: readonly Rule[] = [imports, globals];

/** Without the members of a code unit when the text is not an ECMAScript module. */
export interface Checked extends Partial<CodeUnit> {
  /** In the order of the uploaded code; empty when AppSync would take it. */
  problems: CodeProblem[];
  /** Code that AppSync may refuse, though nobody has confirmed it; in the order of the uploaded code. */
  warnings: CodeProblem[];
}

/**
 * Finds everything that AppSync would refuse at upload: the findings of its linter and of TypeScript's checker. Problems are
 * placed in the author's own source.
 * @param sourceMap of the code, unless it is inline
 */
export function check(text: string, sourceMap?: SourceMap): Checked {
  const found = findProblems(text);
  const placed = placing(text, sourcePositions(text, sourceMap));
  return {
    ...found.unit,
    problems: [...tooLong(text), ...inOrder(found.refused)].map(placed),
    warnings: inOrder(found.doubtful).map(placed),
  };
}

/**
 * Type-checks many texts together, ahead of `check`: checking code units one by one takes twice as long.
 * @param texts at most a few hundred; findings that nobody asks for are soon forgotten
 */
export function checkAhead(texts: readonly string[]): void {
  typeCheckAll(texts.filter((text) => text.length <= CODE_LIMIT));
}

interface FoundProblems extends Verdicts {
  unit?: CodeUnit;
}

function findProblems(text: string): FoundProblems {
  // The check of a text of any length could take any time.
  const { syntax, types } = text.length > CODE_LIMIT ? NOTHING : typeCheck(text);
  if (syntax.length > 0) {
    return { refused: syntax.map((one) => toFound(one, text)), doubtful: [] };
  }
  const parsed = parseModule(text);
  if (!('program' in parsed)) {
    return { refused: [parsed.problem], doubtful: [] };
  }
  const { program } = parsed;
  const unit = { program, scopes: analyzeScopes(program) };
  const { refused, doubtful } = verdictsOn(types, text);
  const names = without(lint(unit, RULES_ON_NAMES), refused);
  return { unit, refused: [...lint(unit, RULES), ...names, ...refused], doubtful };
}

function parseModule(text: string): { program: Program } | { problem: Found } {
  try {
    return { program: parse(text, SYNTAX) };
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos: number };
    const said = message.replace(/ \(\d+:\d+\)$/, '');
    return { problem: { errorType: 'PARSER_ERROR', message: said, start: pos, length: -1 } };
  }
}

function lint(unit: CodeUnit, rules: readonly Rule[]): Found[] {
  const found: Found[] = [];
  for (const rule of rules) {
    rule(unit, ({ start, end }, message, errorType = 'LINT_ERROR') =>
      found.push({ errorType, message, start, length: end - start }),
    );
  }
  return found;
}

function tooLong(text: string): Found[] {
  if (text.length <= CODE_LIMIT) {
    return [];
  }
  const message = `The code has ${text.length} characters; AppSync takes ${CODE_LIMIT}, the source map included.`;
  return [{ errorType: 'LINT_ERROR', message, start: 0, length: -1 }];
}

const placing =
  (text: string, positions: SourcePositions) =>
  ({ errorType, message, start, length }: Found): CodeProblem => {
    const { line, column } = getLineInfo(text, start);
    const isOnOneLine = length >= 0 && getLineInfo(text, start + length).line === line;
    return { errorType, message, ...positions.at(line, column + 1), span: isOnOneLine ? length : -1 };
  };
