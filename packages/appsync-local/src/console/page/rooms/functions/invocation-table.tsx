import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { InvocationSummary } from '../../../../functions/function-view.ts';
import { durationText, timeText } from '../../ground/words.ts';
import { oneRow } from '../../parts/one-row.ts';

interface InvocationTableProps {
  /** The newest first. */
  invocations: InvocationSummary[];
  selected: string | undefined;
  select(id: string | undefined): void;
}

/** One line for each invocation, with the numbers of Lambda's REPORT line. */
export const InvocationTable = ({ invocations, selected, select }: InvocationTableProps) => (
  <div className="some-rows">
    <Table className="rows-table" aria-label="Invocations, newest first" {...oneRow(selected, select)}>
      <TableHeader>
        <Column isRowHeader>Invoked by</Column>
        <Column>Outcome</Column>
        <Column className="number">Took</Column>
        <Column className="number">Cold start</Column>
        <Column className="number who">Memory</Column>
        <Column className="number when">At</Column>
      </TableHeader>
      <TableBody
        items={invocations}
        renderEmptyState={() => <p className="empty">Not invoked since the server started.</p>}
      >
        {(one) => <InvocationRow one={one} />}
      </TableBody>
    </Table>
  </div>
);

function InvocationRow({ one }: { one: InvocationSummary }) {
  const { id, by, at, error, totalMs, durationMs, initMs, maxMemoryMb } = one;
  return (
    <Row id={id} textValue={by ?? id}>
      <Cell className="operation">{by ?? 'unknown'}</Cell>
      <Cell className={error === null ? 'good' : 'bad'}>{outcomeText(one)}</Cell>
      <Cell className="number">{msText(durationMs ?? totalMs)}</Cell>
      <Cell className="number">{initMs === null ? '' : durationText(initMs)}</Cell>
      <Cell className="number who">{maxMemoryMb === null ? '' : `${maxMemoryMb} MB`}</Cell>
      <Cell className="number when">
        <time dateTime={at}>{timeText(new Date(at)).slice(0, 8)}</time>
      </Cell>
    </Row>
  );
}

export const msText = (ms: number | null): string => (ms === null ? 'running' : durationText(ms));

/** `answered`, `TypeError`, `running`. */
export function outcomeText({ error, totalMs }: Pick<InvocationSummary, 'error' | 'totalMs'>): string {
  if (totalMs === null) {
    return 'running';
  }
  return error === null ? 'answered' : (error.split(':')[0] ?? 'failed');
}
