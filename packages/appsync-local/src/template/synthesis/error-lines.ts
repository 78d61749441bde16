import { counted } from '../../ground/counted.ts';

/** Lines of a message that are shown; a report of many findings is much longer. */
const SHOWN_LINES = 3;

/**
 * Also the remarks that aws-cdk-lib has in place of its own frames: `...aws-cdk-lib...`, `...new NodejsFunction in aws-cdk-lib...`,
 * `(no user code in 10 frames, …`.
 */
const isStackLine = (line: string): boolean => /^\s+(at |\.{3}\S.*\.{3}$|\(no user code)/.test(line);
/** What esbuild found in a Lambda function's code; the stack trace after it tells the long command only. */
const isOfBundler = (line: string): boolean => /^✘ \[ERROR\] /.test(line);
const isNoise = (line: string): boolean => line.trim() === '' || /^Node\.js v\d/.test(line);

/**
 * Extracts the error message of a failed program, on one line and without its stack trace, and with the message of its cause.
 * @param output of the program: Node.js prints the place, the source line, a blank line, the message and the stack
 */
export function errorLines(output: string): string {
  const lines = output.split(/\r?\n/);
  const stack = lines.findIndex(isStackLine);
  const message = stack === -1 ? lines : lines.slice(startOfBlock(lines, stack), stack);
  const ofBundler = lines.flatMap((line, index) =>
    isOfBundler(line) ? [`${line}${placeBelow(lines.slice(index + 1))}`] : [],
  );
  const told = (ofBundler.length > 0 ? ofBundler : message)
    .filter((line) => !isNoise(line))
    .map((line) => line.trim());
  const shown = stack === -1 && ofBundler.length === 0 ? lastOf(told) : firstOf(told);
  const cause = ofBundler.length > 0 ? undefined : causeOf(lines.slice(stack));
  return (cause === undefined ? shown : [...shown, `(cause: ${cause})`]).join(' ');
}

/** The place that esbuild prints below what it found: `    functions/count.ts:3:33:`. */
function placeBelow(lines: string[]): string {
  const place = /^\s+(\S.*:\d+:\d+):$/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[1];
  return place === undefined ? '' : ` (${place})`;
}

/** The innermost cause, as Node.js prints it after the stack trace; Amplify wraps all errors of a schema, and names the member itself. */
const causeOf = (lines: string[]): string | undefined =>
  lines.flatMap((line) => /^\s+(?:\[cause\]|cause): ([A-Z]\w*.*)/.exec(line)?.[1] ?? []).at(-1);

/** The start of an error's message, which says what is wrong. */
const firstOf = (lines: string[]): string[] =>
  lines.length <= SHOWN_LINES
    ? lines
    : [...lines.slice(0, SHOWN_LINES), `(and ${counted(lines.length - SHOWN_LINES, 'more line')})`];

/** Without a stack trace: all of a short message, the end of a long one. */
const lastOf = (lines: string[]): string[] =>
  lines.length <= SHOWN_LINES
    ? lines
    : [`(after ${counted(lines.length - SHOWN_LINES, 'other line')})`, ...lines.slice(-SHOWN_LINES)];

/** The start of an error's message: after the last blank line or source marker `^` before its stack trace. */
function startOfBlock(lines: string[], end: number): number {
  const opening = lines
    .slice(0, end)
    .findLastIndex((line) => /^(Uncaught )?([\w.]*(Error|Failed|Exception)\b|\[?«\w+»)/.test(line));
  if (opening !== -1) {
    return opening;
  }
  return lines.slice(0, end).findLastIndex((line) => isNoise(line) || /^\s*\^+\s*$/.test(line)) + 1;
}
