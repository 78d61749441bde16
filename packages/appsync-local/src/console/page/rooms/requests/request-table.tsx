import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { RequestSummary } from '../../../../recorder/recorded-request.ts';
import { durationText, timeText } from '../../ground/words.ts';
import { oneRow } from '../../parts/one-row.ts';
import { ShowMore, useSome } from '../../parts/some.tsx';
import { callerText, hasFailed, statusText } from './list.ts';

export interface RequestTableProps {
  requests: RequestSummary[];
  /** Whether there are more that are not shown. */
  isFiltered: boolean;
  /** The id of the request that is shown beside the table. */
  selected: string | undefined;
  select(id: string | undefined): void;
}

/** One line for each request; the arrow keys go from one to the next, and Escape closes it. */
export function RequestTable({ requests, isFiltered, selected, select }: RequestTableProps) {
  const { some, ...more } = useSome(requests);
  return (
    <div className="rows-scroll">
      <Table className="rows-table" aria-label="Requests, newest first" {...oneRow(selected, select)}>
        <TableHeader>
          <Column isRowHeader>Operation</Column>
          <Column className="who">Caller</Column>
          <Column>Status</Column>
          <Column className="number">Took</Column>
          <Column className="number when">At</Column>
        </TableHeader>
        <TableBody
          items={some}
          renderEmptyState={() => (
            <p className="empty">
              {isFiltered ? 'No request matches.' : 'Nothing yet. Requests appear here as they arrive.'}
            </p>
          )}
        >
          {(request) => <RequestRow request={request} />}
        </TableBody>
      </Table>
      <ShowMore {...more} />
    </div>
  );
}

const RequestRow = ({ request }: { request: RequestSummary }) => (
  <Row id={request.id} textValue={request.title}>
    <Cell className="operation">
      <code title={request.title}>{request.title}</code>
    </Cell>
    <Cell className="who">{callerText(request)}</Cell>
    <Cell className={hasFailed(request) ? 'bad' : 'good'}>{statusText(request)}</Cell>
    <Cell className="number">{durationText(request.ms)}</Cell>
    <Cell className="number when">
      <time dateTime={request.at}>{timeText(new Date(request.at)).slice(0, 8)}</time>
    </Cell>
  </Row>
);
