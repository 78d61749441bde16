import type { Severity } from '../ground/severity.ts';
import type { LambdaLogEntry } from './log-entry.ts';

/** Levels of Lambda's runtimes ("Using Lambda advanced logging controls", AWS Lambda developer guide) and of Python's `logging`. */
const SEVERITY_OF: Record<string, Severity> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  FATAL: 'error',
  CRITICAL: 'error',
};

/** Time, request id and level, as the console of Lambda's Node.js runtime writes them, or Python's `[ERROR]`. */
const LEVEL = /^(?:\S+\t\S+\t([A-Z]+)\t|\[([A-Z]+)\])/;

/** Node.js's lines about its own inspector. */
const OF_INSPECTOR =
  /^(?:Debugger (?:listening on|attached|ending)|For help, see: |Waiting for the debugger)/;

/** How much a line of a function matters: by the level in it, else by where it was written. The host speaks of failures only. */
export function lineSeverity({ stream, line }: LambdaLogEntry): Severity {
  switch (stream) {
    case 'report':
      return 'debug';
    case 'host':
      return 'error';
    case 'stdout':
      return writtenLevel(line) ?? 'info';
    case 'stderr':
      return OF_INSPECTOR.test(line) ? 'debug' : (writtenLevel(line) ?? 'warn');
  }
}

function writtenLevel(line: string): Severity | undefined {
  const [, ofNode, ofPython] = LEVEL.exec(line) ?? [];
  const level = ofNode ?? ofPython ?? (line.startsWith('{') ? jsonLevel(line) : undefined);
  return level !== undefined && Object.hasOwn(SEVERITY_OF, level) ? SEVERITY_OF[level] : undefined;
}

/** The level of a line in JSON, as Lambda's own format and most loggers have it. */
function jsonLevel(line: string): string | undefined {
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level === 'string' ? level.toUpperCase() : undefined;
  } catch {
    return undefined;
  }
}

/** What a function wrote, without the time, request id and level that the runtime adds: they are separate members. */
export function lineText({ stream, line }: LambdaLogEntry): string {
  if (stream === 'report' || stream === 'host') {
    return line;
  }
  return line.startsWith('{') ? jsonText(line) : line.replace(/^\S+\t\S+\t[A-Z]+\t/, '');
}

/** Of a line in Lambda's JSON format; any other line as it is. */
function jsonText(line: string): string {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return line;
  }
  const { timestamp, level, requestId: _id, ...rest } = read as Record<string, unknown>;
  if (timestamp === undefined || level === undefined) {
    return line;
  }
  const { message, ...others } = rest;
  const said = Object.keys(others).length === 0 && message !== undefined ? message : rest;
  return typeof said === 'string' ? said : JSON.stringify(said);
}
