import { useState } from 'react';
import { Button } from 'react-aria-components';
import { counted } from '../../../../ground/counted.ts';
import { useStore } from '../../ground/store.ts';
import { EntryList } from '../../parts/entry-list.tsx';
import { Listen } from '../../parts/listen.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { RunningList } from '../../parts/running-list.tsx';
import { matching } from './matching.ts';

/** What subscriptions deliver, as it comes, whoever started them. */
export function ChangesRoom({ console }: RoomProps) {
  const { entries, events } = useStore(console.log);
  const schema = useStore(console.schema);
  const [text, setText] = useState('');
  const shown = matching(entries, text);
  return (
    <div className="changes">
      <Listen console={console} />
      <RunningList console={console} />
      <div className="tools">
        <label>
          Filter <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <span role="status">
          {counted(events, 'event')}
          {shown.length < entries.length && `, ${shown.length} of ${entries.length} lines shown`}
        </span>
        <Button className="button" onPress={console.log.clear}>
          Clear
        </Button>
      </div>
      {entries.length === 0 ? (
        <p className="empty">
          Nothing yet. Listen to a subscription; its events appear here, as do those of subscriptions on the
          Query tab.
        </p>
      ) : (
        <EntryList entries={shown} schema={schema?.schema} />
      )}
    </div>
  );
}
