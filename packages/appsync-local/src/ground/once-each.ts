/** Limits the reports, so that nobody can flood the terminal. */
const MOST_REPORTS = 20;

/** Reports each line once, and no more than 20 different ones. */
export function onceEach(report: (line: string) => void): (line: string) => void {
  const reported = new Set<string>();
  return (line) => {
    if (reported.has(line) || reported.size >= MOST_REPORTS) {
      return;
    }
    reported.add(line);
    report(line);
  };
}
