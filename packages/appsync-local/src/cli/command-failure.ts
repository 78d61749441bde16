import { StartFailure } from '../ground/start-failure.ts';
import { refusalLines } from './output.ts';

/** Whether Node.js refuses the options of a command. */
export const isUsage = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');

/**
 * Says why a command came to nothing, and ends it with exit code 2: people's mistakes are told without a stack.
 * @param command whose `--help` explains options
 * @param isExpected of errors besides refused options and StartFailure. @default none
 */
export function endFailed(
  error: unknown,
  command: string,
  isExpected: (error: unknown) => boolean = () => false,
): void {
  if (error instanceof StartFailure) {
    console.error(refusalLines(error).join('\n'));
  } else if (isUsage(error)) {
    console.error(usageLine(error as Error, command));
  } else {
    console.error(isExpected(error) ? (error as Error).message : error);
  }
  process.exitCode = 2;
}

/** Node.js explains an invalid option in up to three lines. */
export const firstSentence = (message: string): string => message.split(/\.\s|\n/)[0]!;

/** What is wrong with the options of a command. */
export const usageLine = ({ message }: Error, command: string): string =>
  `${firstSentence(message)}; see npx appsync-local ${command} --help`;
