import { useMemo, useState } from 'react';
import { useThing } from '../../ground/place.ts';
import { Problem } from '../../parts/problem.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { chosen, hasFailed, type Known } from './list.ts';
import { RequestDetail } from './request-detail.tsx';
import { RequestTable } from './request-table.tsx';
import { useRequests } from './use-requests.ts';

/** The last requests, and what each of them did. */
export function RequestsRoom({ isShown }: RoomProps) {
  const { known, problem } = useRequests(isShown);
  const [selected, select] = useThing('requests');
  return (
    <div className="split" data-open={selected !== undefined}>
      <section className="split-list" aria-label="Recorded requests">
        <Problem text={problem} />
        <List {...{ known, selected, select }} />
      </section>
      {selected !== undefined && (
        <RequestDetail key={selected} id={selected} onClose={() => select(undefined)} />
      )}
    </div>
  );
}

interface ListProps {
  known: Known;
  selected: string | undefined;
  select(id: string | undefined): void;
}

function List({ known: { requests, skipped }, selected, select }: ListProps) {
  const [text, setText] = useState('');
  const [onlyFailed, setOnlyFailed] = useState(false);
  const shown = useMemo(() => chosen(requests, text, onlyFailed), [requests, text, onlyFailed]);
  const failed = requests.filter(hasFailed).length;
  return (
    <>
      <div className="tools">
        <label>
          Filter <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={onlyFailed}
            onChange={({ target }) => setOnlyFailed(target.checked)}
          />{' '}
          Only failed ({failed})
        </label>
        <span role="status">
          {shown.length === requests.length
            ? `${requests.length} requests`
            : `${shown.length} of ${requests.length} requests`}
          {skipped > 0 && `, ${skipped} more not recorded because they arrived too fast`}
        </span>
      </div>
      <RequestTable requests={shown} isFiltered={shown.length < requests.length} {...{ selected, select }} />
    </>
  );
}
