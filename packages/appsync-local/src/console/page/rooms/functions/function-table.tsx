import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import { oneRow } from '../../parts/one-row.ts';
import { type FunctionRow, medianText, runsText } from './rows.ts';

interface FunctionTableProps {
  label: string;
  /** Of the second column. */
  what: string;
  rows: FunctionRow[];
  /** The name that is shown beside the table. */
  selected: string | undefined;
  select(name: string | undefined): void;
}

/** One line for each; the arrow keys go from one to the next, and Escape closes it. */
export const FunctionTable = ({ label, what, rows, selected, select }: FunctionTableProps) => (
  <div className="rows-scroll">
    <Table className="rows-table" aria-label={label} {...oneRow(selected, select)}>
      <TableHeader>
        <Column isRowHeader>Name</Column>
        <Column className="who">{what}</Column>
        <Column className="number">Runs</Column>
        <Column className="number">Median</Column>
      </TableHeader>
      <TableBody items={rows} renderEmptyState={() => <p className="empty">None.</p>}>
        {(row) => (
          <Row id={row.name} textValue={row.title}>
            <Cell className="operation">
              <code title={row.name}>{row.title}</code>
            </Cell>
            <Cell className="who">{row.reason === undefined ? row.what : `does not run: ${row.reason}`}</Cell>
            <Cell className={`number ${row.runs.errors > 0 ? 'bad' : ''}`}>{runsText(row.runs)}</Cell>
            <Cell className="number">{medianText(row.runs)}</Cell>
          </Row>
        )}
      </TableBody>
    </Table>
  </div>
);
