import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { RoomProps } from '../../parts/room.ts';
import {
  emptySearch,
  type ItemPage,
  loadTables,
  readPage,
  type Search,
  type Table,
  type Tables,
} from './asks.ts';
import { scanText, unitsText } from './cost.ts';
import { ItemEditor } from './item-editor.tsx';
import { ItemTable } from './item-table.tsx';
import { SearchForm } from './search-form.tsx';
import { TableFacts } from './table-facts.tsx';
import type { Item } from './typed-json.ts';

/** What is in the tables, to be looked at and changed. */
export function DataRoom({ isShown }: RoomProps) {
  const { known, problem, reload } = useTables(isShown);
  const [name, setName] = useState('');
  const table = known?.tables.find((one) => one.name === name) ?? known?.tables[0];
  if (!known || !table) {
    return (
      <div className="data">
        <p className={problem === undefined ? 'empty' : 'notice'} role="status">
          {problem ?? (known ? 'This app has no tables.' : 'Loading…')}
        </p>
      </div>
    );
  }
  return (
    <div className="data">
      <div className="tools">
        <label>
          Table{' '}
          <select value={table.name} onChange={({ target }) => setName(target.value)}>
            {known.tables.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
        <TableFacts table={table} />
      </div>
      <TableData key={table.name} table={table} known={known} onWritten={reload} />
    </div>
  );
}

/** The tables, read again whenever the room is opened. */
function useTables(isShown: boolean) {
  const [known, setKnown] = useState<Tables>();
  const [problem, setProblem] = useState<string>();
  const reload = (): void => {
    loadTables().then(
      (tables) => {
        setKnown(tables);
        setProblem(undefined);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  useEffect(() => {
    if (isShown) {
      reload();
    }
  }, [isShown]);
  return { known, problem, reload };
}

interface TableDataProps {
  table: Table;
  known: Tables;
  onWritten(): void;
}

interface Shown {
  page: ItemPage;
  search: Search;
  /** Where this page and those before it begin. */
  starts: (Item | null)[];
}

function TableData({ table, known, onWritten }: TableDataProps) {
  const [search, setSearch] = useState(emptySearch(table.name));
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<string>();
  const [edited, setEdited] = useState<Item | 'new'>();
  const look = async (wanted: Search, starts: (Item | null)[]): Promise<void> => {
    try {
      const page = await readPage(wanted, keyOf(table, wanted.index), starts.at(-1) ?? null);
      setShown({ page, search: wanted, starts });
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  useEffect(() => void look(search, [null]), []);
  const done = (): void => {
    setEdited(undefined);
    onWritten();
    void look(shown?.search ?? search, shown?.starts ?? [null]);
  };
  return (
    <>
      <SearchForm {...{ table, search }} onChange={setSearch} onSearch={() => void look(search, [null])}>
        {known.isWritable && (
          <Button className="button" onPress={() => setEdited('new')}>
            New item
          </Button>
        )}
      </SearchForm>
      {problem !== undefined && (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      {shown && (
        <PageTools
          shown={shown}
          table={table}
          usd={known.readUnitUsd}
          onPage={(starts) => void look(shown.search, starts)}
        />
      )}
      <div className="data-panes">
        {shown && <ItemTable items={shown.page.items} table={table} onOpen={setEdited} />}
        {edited !== undefined && (
          <ItemEditor
            key={JSON.stringify(edited)}
            table={table}
            item={edited === 'new' ? null : edited}
            isWhole={isWhole(table, shown?.search.index)}
            isWritable={known.isWritable}
            onClose={() => setEdited(undefined)}
            onWritten={done}
          />
        )}
      </div>
    </>
  );
}

/** Of the table, or of an index of it. */
const keyOf = (table: Table, index: string) =>
  table.indexes.find(({ name }) => name === index)?.key ?? table.key;

/** Whether a search returns items with all their attributes. */
const isWhole = ({ indexes }: Table, index = ''): boolean =>
  index === '' || indexes.find(({ name }) => name === index)?.projection === 'ALL';

interface PageToolsProps {
  shown: Shown;
  table: Table;
  usd: number;
  onPage(starts: (Item | null)[]): void;
}

function PageTools({ shown: { page, starts }, table, usd, onPage }: PageToolsProps) {
  return (
    <>
      <div className="tools">
        <Button className="button" isDisabled={starts.length < 2} onPress={() => onPage(starts.slice(0, -1))}>
          Previous page
        </Button>
        <Button
          className="button"
          isDisabled={page.next === null}
          onPress={() => onPage([...starts, page.next])}
        >
          Next page
        </Button>
        <span role="status">
          Page {starts.length}. {unitsText(page)}
        </span>
      </div>
      {page.operation === 'Scan' && <p className="empty">{scanText(page, table.items, usd)}</p>}
    </>
  );
}
