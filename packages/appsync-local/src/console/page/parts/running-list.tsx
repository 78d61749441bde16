import { Button } from 'react-aria-components';
import type { Console } from '../api/console.ts';
import { isStale, type Running } from '../api/subscriptions.ts';
import { useStore } from '../ground/store.ts';

/** The subscriptions that run, each with a button that stops it; those that listen as somebody else say so and can be restarted. */
export function RunningList({ console: { auth, subscriptions } }: { console: Console }) {
  const running = useStore(subscriptions);
  // What is stale depends on the choice.
  useStore(auth);
  return (
    <ul className="running" aria-label="Running subscriptions">
      {running.map((one) => (
        <li key={one.id}>
          <span>
            <strong>{one.name}</strong> as {one.caller.name}
          </span>
          <Button className="button" onPress={one.stop} aria-label={`Stop ${one.name}`}>
            Stop
          </Button>
          {isStale(one) && <StaleNotice running={one} />}
        </li>
      ))}
    </ul>
  );
}

function StaleNotice({ running }: { running: Running }) {
  const now = running.callerNow().name;
  return (
    <span className="notice" role="alert">
      Still listening as {running.caller.name}; you now call as {now}.{' '}
      <Button className="button" onPress={running.restart}>
        {`Restart as ${now}`}
      </Button>
    </span>
  );
}
