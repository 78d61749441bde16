import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Row } from '../../../../recorder/waterfall.ts';
import { barOf } from './values.ts';

export interface WaterfallProps {
  rows: Row[];
  totalMs: number;
  /** The index of the row whose values are shown. */
  chosen: number;
  onChoose(index: number): void;
}

/** Rows that a browser lays out at once. */
const SHOWN = 500;

/** A bar for each thing that the request did; the arrow keys go from one to the next. */
export function Waterfall(props: WaterfallProps) {
  const left = props.rows.length - SHOWN;
  return (
    <>
      <Bars {...props} rows={props.rows.slice(0, SHOWN)} />
      {left > 0 && <p className="empty">{left} more rows; Copy as JSON has all of them.</p>}
    </>
  );
}

function Bars({ rows, totalMs, chosen, onChoose }: WaterfallProps) {
  return (
    <ListBox
      className="waterfall"
      aria-label="Steps"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => keys !== 'all' && onChoose(Number([...keys][0]))}
    >
      {rows.map((row, index) => (
        <Bar key={index} index={index} row={row} totalMs={totalMs} />
      ))}
    </ListBox>
  );
}

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
