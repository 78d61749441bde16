import type { CodeProblem } from './runtime.types.ts';

/**
 * AppSync would refuse this code. The message is one line: the code unit, the number of problems and the first of them.
 * `problems` has all of them.
 */
export class CodeRefused extends Error {
  override name = 'CodeRefused';
  readonly title: string;
  readonly problems: readonly CodeProblem[];

  /** @param title for people: `resolver Mutation.putItem`; empty for code without a name. @param problems at least one. */
  constructor(title: string, problems: readonly CodeProblem[]) {
    super(`AppSync would refuse the code${title && ` of ${title}`}: ${summary(problems)}`);
    this.title = title;
    this.problems = problems;
  }
}

function summary(problems: readonly CodeProblem[]): string {
  const [first] = problems;
  if (first === undefined) {
    return 'no problem given';
  }
  const { file, line, column, message } = first;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${file}:${line}:${column}: ${message.replace(/\s*\n\s*/g, ' ')}${more}`;
}
