import { Button } from 'react-aria-components';
import type { Console } from '../../api/console.ts';
import { useStore } from '../../ground/store.ts';
import { EntryList } from '../../parts/entry-list.tsx';
import { RunningList } from '../../parts/running-list.tsx';

/** Below GraphiQL once there is something to show; the Changes room has the same at full height. */
export function EventPanel({ console }: { console: Console }) {
  const { entries, events } = useStore(console.log);
  const schema = useStore(console.schema);
  const running = useStore(console.subscriptions);
  if (entries.length === 0 && running.length === 0) {
    return null;
  }
  return (
    <section className="events" id="events" aria-label="Subscription events">
      <header>
        <h2>Events: {events}</h2>
        <RunningList console={console} />
        <Button className="button" onPress={console.log.clear}>
          Clear
        </Button>
      </header>
      <EntryList entries={entries} schema={schema?.schema} />
    </section>
  );
}
