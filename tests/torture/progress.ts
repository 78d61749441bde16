import type { Findings } from './findings.ts';

const CLEAR = '\r\u001B[K';
const REFRESH_MS = 500;

/** A line that changes on a terminal while a part runs; elsewhere one line when it is over. */
export function createProgress(name: string, findings: Findings): { end(): void } {
  const begun = performance.now();
  const line = (): string => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    const problems = findings.problems.length;
    const counts = [...findings.counts].map(([what, count]) => `${count} ${what}`).join(', ');
    return `${name}: ${seconds} s${problems > 0 ? `, ${problems} problems` : ''}${counts && `, ${counts}`}`;
  };
  const { isTTY, columns = 80 } = process.stderr;
  const show = (): void => void process.stderr.write(`${CLEAR}${line().slice(0, columns - 1)}`);
  const timer = isTTY ? setInterval(show, REFRESH_MS) : undefined;
  return {
    end() {
      clearInterval(timer);
      process.stderr.write(isTTY ? CLEAR : `${line()}\n`);
    },
  };
}
