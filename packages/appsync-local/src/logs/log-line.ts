import { type Severity, shows } from '../ground/severity.ts';

/** One line of the log, of whatever source. */
export interface LogLine {
  /** Counts the lines of this server from 1. */
  number: number;
  /** When it was written: ISO 8601. */
  at: string;
  /** The name of a Lambda function, `resolver`, or a part of the server such as `streams`. */
  source: string;
  severity: Severity;
  text: string;
  /** `x-amzn-RequestId` of the GraphQL request that it belongs to; absent where it belongs to none. */
  requestId?: string;
  /** `awsRequestId` of the invocation that wrote it; absent for all but Lambda functions. */
  invocationId?: string;
}

/** Which lines to show; what is empty or absent lets all lines pass. */
export interface LogFilter {
  /** The least severity. */
  level?: Severity;
  /** A part of the source's name, in whatever case. */
  source?: string;
  /** The id of a GraphQL request or of an invocation. */
  id?: string;
  /** A part of the line, in whatever case. */
  text?: string;
}

/** Whether a filter lets a line pass; the same in the terminal and in the console. */
export function passes(line: LogLine, { level, source, id, text }: LogFilter): boolean {
  return (
    (!level || shows(level, line.severity)) &&
    (!source || line.source.toLowerCase().includes(source.toLowerCase())) &&
    (!id || isOf(line, id)) &&
    (!text || `${line.source} ${line.text}`.toLowerCase().includes(text.toLowerCase()))
  );
}

/** Whether a line belongs to a GraphQL request or an invocation. */
export const isOf = (
  { requestId, invocationId }: Pick<LogLine, 'requestId' | 'invocationId'>,
  id: string,
): boolean => requestId === id || invocationId === id;
