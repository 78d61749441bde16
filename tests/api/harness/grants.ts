/** A grant of the app's roles, by logical id, as the local server tells it. */
export interface Grant {
  role: string;
  action: string;
  resource: string;
  /** Whether a test needed it. */
  used: boolean;
}

/**
 * The grants that no test needed, one line each.
 * @param runs what each of several servers was asked for; a grant is needed when it is in one of them
 */
export function unusedGrants(runs: Grant[][]): string[] {
  const needed = new Map<string, boolean>();
  for (const { role, action, resource, used } of runs.flat()) {
    const line = `${action} on ${resource} (role ${role})`;
    needed.set(line, used || needed.get(line) === true);
  }
  return [...needed].filter(([, used]) => !used).map(([line]) => line);
}
