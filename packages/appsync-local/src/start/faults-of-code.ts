import type { StartFailure } from '../ground/start-failure.ts';
import { checkAndKeep } from '../runtime/check-and-keep.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import type { KeptTranslations } from '../runtime/kept-translations.ts';
import type { Assembly } from '../template/assembly.ts';
import { createProblems } from '../template/problems.ts';
import { apiTitles } from '../template/read-app.ts';
import { readCodes, type StackCode } from '../template/read-codes.ts';

/**
 * Adds what AppSync would refuse in code to the reasons why an app cannot be read, so that people see all of it at once. Of an assembly with
 * several APIs it adds nothing, since they may be of others.
 */
export function withFaultsOfCode(
  failure: StartFailure,
  assembly: Assembly,
  translations: KeptTranslations,
): StartFailure {
  const problems = createProblems();
  failure.reasons.forEach((reason) => problems.add(reason));
  if (apiTitles(assembly).length === 1) {
    const codes = problems.attempt(() => readCodes(assembly)) ?? [];
    codes.flatMap((code) => faultOf(code, translations)).forEach((fault) => problems.add(fault));
  }
  return problems.failure();
}

function faultOf(code: StackCode, translations: KeptTranslations): string[] {
  if (translations.has(code.text)) {
    return [];
  }
  const { problems } = checkAndKeep(code, translations, DEFAULT_JAVASCRIPT);
  return problems.length === 0 ? [] : [new CodeRefused(code.title, problems).message];
}
