import { expect, it } from 'vitest';
import { TerminalLog } from '../../../src/cli/terminal-log.ts';
import type { Severity } from '../../../src/ground/severity.ts';
import { reportEntry } from '../../../src/lambda/log-entry.ts';

const SEVERITIES: Severity[] = ['error', 'warn', 'info', 'debug'];
const clock = { now: () => 0, after: () => undefined };

/** What a log prints of one line of each kind and severity. */
function printed(level?: Severity): string[] {
  const lines: string[] = [];
  const log = new TerminalLog({ level, clock, write: (line) => lines.push(line) });
  log.progress('Synthesizing');
  log.line('iam', 'no grant');
  SEVERITIES.forEach((severity) => log.line('resolver', severity, { severity, requestId: 'r-1' }));
  for (const word of ['ERROR', 'INFO', 'DEBUG']) {
    log.lambda({ functionName: 'put', stream: 'stdout', requestId: 'i-1', line: `t\ti-1\t${word}\tx` });
  }
  log.lambda(
    reportEntry('put', { requestId: 'i-1', durationMs: 1.5, initDurationMs: 20, memorySizeMb: 128 }),
  );
  return lines.map((line) => line.replaceAll('\t', ' '));
}

const REPORT =
  '[put] REPORT RequestId: i-1 Duration: 1.50 ms Billed Duration: 2 ms Memory Size: 128 MB Init Duration: 20.00 ms';

it('prints lines of a level and of those that matter more', () => {
  expect(printed('error')).toEqual(['[resolver] error', '[put] t i-1 ERROR x']);
  expect(printed('warn')).toEqual([
    '[iam] no grant',
    '[resolver] error',
    '[resolver] warn',
    '[put] t i-1 ERROR x',
  ]);
  expect(printed('info')).toEqual([
    'Synthesizing',
    '[iam] no grant',
    '[resolver] error',
    '[resolver] warn',
    '[resolver] info',
    '[put] t i-1 ERROR x',
    '[put] t i-1 INFO x',
  ]);
  expect(printed()).toEqual(printed('info'));
  expect(printed('debug')).toEqual(
    expect.arrayContaining([...printed('info'), '[resolver] debug', '[put] t i-1 DEBUG x', REPORT]),
  );
});

it('names the GraphQL request that a line of a function belongs to', () => {
  const lines: string[] = [];
  const log = new TerminalLog({ clock, write: (line) => lines.push(line) });
  log.lambda({ functionName: 'put', stream: 'stdout', requestId: 'i-1', graphqlRequestId: 'r-1', line: 'x' });

  expect(lines).toEqual(['[put] x  (request r-1)']);
});

it('sums up what a burst says by default, and errors in it are shown at once', () => {
  const of = (level?: Severity): string[] => {
    const lines: string[] = [];
    const log = new TerminalLog({ level, clock, write: (line) => lines.push(line) });
    for (let request = 0; request < 50; request += 1) {
      const requestId = String(request);
      log.lambda({ functionName: 'put', stream: 'stdout', requestId, line: `saved ${request}` });
    }
    log.lambda({ functionName: 'put', stream: 'stdout', requestId: '49', line: '[ERROR] lost 49' });
    log.flush();
    return lines;
  };

  expect(of()).toEqual([
    ...['[put] saved 0', '[put] saved 1', '[put] saved 2', '[put] [ERROR] lost 49'],
    '[put] 47 more requests in 0.0 s, 47 log lines (show with --log-level info)',
  ]);
  expect(of('info')).toHaveLength(51);
});
