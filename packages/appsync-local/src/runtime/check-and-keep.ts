import type { CodeModel } from '../template/app-model.ts';
import { check } from './check/check.ts';
import type { Javascript } from './javascript.ts';
import type { KeptCode, KeptTranslations } from './kept-translations.ts';
import type { CodeProblem } from './runtime.types.ts';
import { translate } from './translate.ts';

/** What the check says of a code unit. */
export interface CheckedCode {
  /** In the order of the code; empty when AppSync would take it. */
  problems: CodeProblem[];
  /** What AppSync may refuse. */
  warnings: CodeProblem[];
  /** What is made of code that passes; absent for code that AppSync would refuse. */
  code?: KeptCode;
}

/** Checks a code unit, and keeps what is made of it when AppSync would take it. */
export function checkAndKeep(
  { text, sourceMap }: Pick<CodeModel, 'text' | 'sourceMap'>,
  kept: KeptTranslations,
  javascript: Javascript,
): CheckedCode {
  const { program, scopes, problems, warnings } = check(text, sourceMap);
  if (!program || !scopes || problems.length > 0) {
    return { problems, warnings };
  }
  const code = { translation: translate(text, { program, scopes }, javascript), warnings };
  kept.keep(text, code);
  return { problems, warnings, code };
}
