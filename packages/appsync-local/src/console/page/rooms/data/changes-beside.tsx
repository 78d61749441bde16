import { useState } from 'react';
import type { Item } from '../../../../data/data-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { useStore } from '../../ground/store.ts';
import { EntryList } from '../../parts/entry-list.tsx';
import { Listen } from '../../parts/listen.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { RunningList } from '../../parts/running-list.tsx';
import { about } from './about.ts';

interface ChangesBesideProps {
  console: RoomProps['console'];
  /** The item that is open. */
  item: Item | undefined;
  /** Of its table's key. */
  keyNames: string[];
}

/** Events of subscriptions, beside the data; on request only those for the open item. */
export function ChangesBeside({ console, item, keyNames }: ChangesBesideProps) {
  const { entries } = useStore(console.log);
  const schema = useStore(console.schema);
  const [isOpen, setOpen] = useState(false);
  const [onlyItem, setOnlyItem] = useState(true);
  const shown = item && onlyItem ? entries.filter((entry) => about(entry, item, keyNames)) : entries;
  return (
    <details
      className="changes-beside"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>Live changes{entries.length > 0 && `: ${counted(shown.length, 'event')}`}</summary>
      {isOpen && (
        <>
          <Listen console={console} />
          <RunningList console={console} />
          {item && (
            <label>
              <input
                type="checkbox"
                checked={onlyItem}
                onChange={({ target }) => setOnlyItem(target.checked)}
              />{' '}
              only for the open item
            </label>
          )}
          {shown.length === 0 ? (
            <p className="empty">
              Nothing yet. Listen to a subscription; its events appear here. Writes on this tab bypass the
              API: only subscriptions that follow the table&apos;s stream report them.
            </p>
          ) : (
            <EntryList entries={shown} schema={schema?.schema} />
          )}
        </>
      )}
    </details>
  );
}
