import { StartFailure } from '../ground/start-failure.ts';
import { refusalLines } from './output.ts';

/** Whether Node.js refuses the options of a command. */
export const isUsage = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');

/**
 * Says why a command came to nothing, and ends it with exit code 2: people's mistakes are told without a stack.
 * @param isExpected of errors besides refused options and StartFailure. @default none
 */
export function endFailed(error: unknown, isExpected: (error: unknown) => boolean = () => false): void {
  if (error instanceof StartFailure) {
    console.error(refusalLines(error).join('\n'));
  } else {
    console.error(isUsage(error) || isExpected(error) ? (error as Error).message : error);
  }
  process.exitCode = 2;
}
