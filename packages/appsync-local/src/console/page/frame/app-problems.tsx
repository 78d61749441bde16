import type { AppState } from '../api/app-state.ts';
import { useStore } from '../ground/store.ts';
import type { Store } from '../ground/store.ts';

/** Says why saved files do not run, while the version before goes on. */
export function AppProblems({ app }: { app: Pick<Store<AppState | undefined>, 'get' | 'subscribe'> }) {
  const problems = useStore(app)?.problems ?? [];
  return problems.length === 0 ? null : (
    <div className="notice" role="alert">
      Saved files are not applied; the previous version stays live:
      {problems.map((problem) => (
        <div key={problem}>{problem}</div>
      ))}
    </div>
  );
}
