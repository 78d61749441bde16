import { useMemo, useState } from 'react';
import { counted } from '../../../../ground/counted.ts';
import { SEVERITIES, type Severity } from '../../../../ground/severity.ts';
import { passes } from '../../../../logs/log-line.ts';
import { Problem } from '../../parts/problem.tsx';
import { ShowMore, useSome } from '../../parts/some.tsx';
import { useRepeated } from '../../parts/use-repeated.ts';
import { type KnownLines, moreLines, NO_LINES, reasonOf } from './asks.ts';
import { LogLines } from './log-lines.tsx';
import type { Where } from './where.ts';

interface LogViewProps {
  isShown: boolean;
  /** Of a request or an invocation whose lines are wanted. */
  id: string | undefined;
  go(where: Where): void;
  /** What a source is called. */
  titleOf(source: string): string;
}

/** What functions, resolvers and the server logged, in one stream. */
export function LogView({ isShown, id, go, titleOf }: LogViewProps) {
  const { known, problem } = useRepeated(isShown, NO_LINES, moreLines, reasonOf);
  const [level, setLevel] = useState<Severity>('info');
  const [source, setSource] = useState('');
  const [text, setText] = useState('');
  const sources = useMemo(() => [...new Set(known.lines.map((line) => line.source))].sort(), [known]);
  const found = useMemo(
    () => known.lines.filter((line) => passes(line, { level, source, text, id })).reverse(),
    [known, level, source, text, id],
  );
  const { some, ...more } = useSome(found);
  return (
    <>
      <div className="tools">
        <label>
          Level{' '}
          <select value={level} onChange={({ target }) => setLevel(target.value as Severity)}>
            {SEVERITIES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label>
          Source{' '}
          <select value={source} onChange={({ target }) => setSource(target.value)}>
            <option value="">all</option>
            {sources.map((one) => (
              <option key={one} value={one}>
                {titleOf(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Text <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <label>
          Id{' '}
          <input
            type="search"
            placeholder="of a request or invocation"
            value={id ?? ''}
            onChange={({ target }) => go({ list: 'log', name: target.value || undefined })}
          />
        </label>
        <span role="status">{countText(found.length, known)}</span>
      </div>
      <Problem text={problem} />
      <div className="rows-scroll">
        {found.length === 0 && problem === undefined && (
          <p className="empty">{known.lines.length === 0 ? 'Nothing was logged yet.' : 'No line matches.'}</p>
        )}
        <LogLines lines={some} label="Log lines, newest first" titleOf={titleOf} />
        <ShowMore {...more} />
      </div>
    </>
  );
}

function countText(found: number, { lines, dropped }: KnownLines): string {
  const all = counted(lines.length, 'line');
  const shown = found === lines.length ? all : `${found} of ${all}`;
  return dropped === 0 ? shown : `${shown}, ${dropped} older ones dropped`;
}
