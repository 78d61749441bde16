import { useMemo } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Row } from '../../../../recorder/waterfall.ts';
import { ShowMore, useSome } from '../../parts/some.tsx';
import { barOf } from './values.ts';

export interface WaterfallProps {
  rows: Row[];
  totalMs: number;
  /** The index of the row whose values are shown. */
  chosen: number;
  onChoose(index: number): void;
}

/** A bar for each thing that the request did; the arrow keys go from one to the next. */
export function Waterfall(props: WaterfallProps) {
  const { rows, chosen } = props;
  const all = useMemo(() => rows.map((row, id) => ({ id, row })), [rows]);
  const { some, ...more } = useSome(all, chosen);
  return (
    <>
      <Bars {...props} items={some} />
      <ShowMore {...more} />
    </>
  );
}

interface BarsProps extends Omit<WaterfallProps, 'rows'> {
  /** The same objects as long as the rows are the same, so that they are not made anew for each choice. */
  items: { id: number; row: Row }[];
}

const Bars = ({ items, totalMs, chosen, onChoose }: BarsProps) => (
  <ListBox
    className="waterfall"
    aria-label="Steps"
    items={items}
    selectionMode="single"
    selectionBehavior="replace"
    disallowEmptySelection
    selectedKeys={[chosen]}
    onSelectionChange={(keys) => keys !== 'all' && onChoose(Number([...keys][0]))}
  >
    {({ id, row }) => <Bar index={id} row={row} totalMs={totalMs} />}
  </ListBox>
);

function Bar({ row, index, totalMs }: { row: Row; index: number; totalMs: number }) {
  const { label, step, depth, ms, note, isError } = row;
  const { from, width } = barOf(row, totalMs);
  const took = ms === null ? 'not ended' : `${ms.toFixed(2)} ms`;
  return (
    <ListBoxItem id={index} className="step" textValue={label} data-depth={depth} data-error={isError}>
      <code className="label" title={label}>
        {step !== null && <span className="step-number">{step}</span>}
        {label}
      </code>
      <span className="took">{took}</span>
      <span className="track" aria-hidden="true">
        <span className="bar-of-step" style={{ marginLeft: `${from}%`, width: `${width}%` }} />
      </span>
      {note !== '' && <span className="note">{note}</span>}
    </ListBoxItem>
  );
}
