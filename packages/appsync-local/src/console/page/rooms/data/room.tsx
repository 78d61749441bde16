import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { DataView, Item, ItemPage, TableView } from '../../../../data/data-view.ts';
import { Problem } from '../../parts/problem.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { emptySearch, loadData, readPage, type Search } from './asks.ts';
import { ChangesBeside } from './changes-beside.tsx';
import { partitionText, scanText, unitsText } from './cost.ts';
import { DeadLetters } from './dead-letters.tsx';
import { ItemEditor } from './item-editor.tsx';
import { ItemTable } from './item-table.tsx';
import { MentionsPanel } from './mentions-panel.tsx';
import { SearchForm } from './search-form.tsx';
import { TableFacts } from './table-facts.tsx';

/** What is in the tables, to be looked at and changed. */
export function DataRoom({ console, isShown }: RoomProps) {
  const { known, problem, reload } = useTables(isShown);
  const [name, setName] = useState('');
  /** An item to be opened in the table that is shown next. */
  const [wanted, setWanted] = useState<Item>();
  const letters = known?.deadLetters.find((one) => placeOf(one) === name);
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
  const choose = (chosen: string, item?: Item): void => {
    setWanted(item);
    setName(chosen);
    reload();
  };
  return (
    <div className="data">
      <div className="tools">
        <Chooser known={known} chosen={letters ? placeOf(letters) : table.name} onChoose={choose} />
        {!letters && <TableFacts table={table} />}
      </div>
      {letters ? (
        <DeadLetters letters={letters} />
      ) : (
        <TableData
          key={`${table.name} ${JSON.stringify(wanted)}`}
          {...{ table, known, console, wanted }}
          onWritten={reload}
          onOpen={choose}
        />
      )}
    </div>
  );
}

/** `queue NAME`, which no table's name can be. */
const placeOf = ({ kind, name }: DataView['deadLetters'][number]): string => `${kind} ${name}`;

interface ChooserProps {
  known: DataView;
  chosen: string;
  onChoose(name: string): void;
}

/** Tables, and below them the queues and topics with dead letters. */
const Chooser = ({ known: { tables, deadLetters }, chosen, onChoose }: ChooserProps) => (
  <label>
    Table{' '}
    <select value={chosen} onChange={({ target }) => onChoose(target.value)}>
      {tables.map((one) => (
        <option key={one.name}>{one.name}</option>
      ))}
      {deadLetters.length > 0 && (
        <optgroup label="Dead letters">
          {deadLetters.map((one) => (
            <option key={placeOf(one)} value={placeOf(one)}>
              {`${placeOf(one)} (${one.count})`}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  </label>
);

/** The tables, read again whenever the room is opened. */
function useTables(isShown: boolean) {
  const [known, setKnown] = useState<DataView>();
  const [problem, setProblem] = useState<string>();
  const reload = (): void => {
    loadData().then(
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
  table: TableView;
  known: DataView;
  console: RoomProps['console'];
  /** An item to be open from the start. */
  wanted: Item | undefined;
  onWritten(): void;
  /** Opens an item of another table. */
  onOpen(table: string, item: Item): void;
}

interface Shown {
  page: ItemPage;
  search: Search;
  /** Where this page and those before it begin. */
  starts: (Item | null)[];
}

function TableData({ table, known, console, wanted: opened, onWritten, onOpen }: TableDataProps) {
  const [search, setSearch] = useState(emptySearch(table.name));
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<string>();
  const [edited, setEdited] = useState<Item | 'new' | undefined>(opened);
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
      <Problem text={problem} />
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
      {edited !== undefined && edited !== 'new' && (
        <MentionsPanel
          key={JSON.stringify(edited)}
          {...{ table, item: edited, tables: known.tables, usd: known.readUnitUsd, onOpen }}
        />
      )}
      <ChangesBeside
        console={console}
        item={edited === 'new' ? undefined : edited}
        keyNames={table.key.map((part) => part.name)}
      />
    </>
  );
}

/** Of the table, or of an index of it. */
const keyOf = (table: TableView, index: string) =>
  table.indexes.find(({ name }) => name === index)?.key ?? table.key;

/** Whether a search returns items with all their attributes. */
const isWhole = ({ indexes }: TableView, index = ''): boolean =>
  index === '' || indexes.find(({ name }) => name === index)?.projection === 'ALL';

interface PageToolsProps {
  shown: Shown;
  table: TableView;
  usd: number;
  onPage(starts: (Item | null)[]): void;
}

function PageTools({ shown: { page, search, starts }, table, usd, onPage }: PageToolsProps) {
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
      <p className="empty">
        {page.operation === 'Scan' ? scanText(page, table.items, usd) : partitionText(search.index)}
      </p>
    </>
  );
}
