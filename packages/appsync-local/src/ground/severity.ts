/** How much a line of the log matters, the worst first: the values of `--log-level`. */
export const SEVERITIES = ['error', 'warn', 'info', 'debug'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Whether a log of level `level` shows lines of `severity`. */
export const shows = (level: Severity, severity: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(level);
