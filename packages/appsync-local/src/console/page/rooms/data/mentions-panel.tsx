import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Item, Mentions, TableView } from '../../../../data/data-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { Problem } from '../../parts/problem.tsx';
import { findMentions } from './asks.ts';
import { mentionsText } from './cost.ts';
import { ItemTable } from './item-table.tsx';

interface MentionsPanelProps {
  table: TableView;
  item: Item;
  tables: TableView[];
  /** US dollars for a read unit. */
  usd: number;
  onOpen(table: string, item: Item): void;
}

/** Items of other tables that this item names, or that name it. */
export function MentionsPanel({ table, item, tables, usd, onOpen }: MentionsPanelProps) {
  const [isOpen, setOpen] = useState(false);
  const { mentions, problem } = useMentions(table.name, item, isOpen);
  if (tables.length < 2) {
    return null;
  }
  return (
    <section className="mentions" aria-label="Related items">
      <Button className="button" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide related items in other tables' : 'Find related items in other tables'}
      </Button>
      <Problem text={problem} />
      {isOpen && mentions && (
        <>
          {mentions.map((one) => (
            <Found
              key={one.table}
              found={one}
              table={tables.find(({ name }) => name === one.table)!}
              onOpen={(opened) => onOpen(one.table, opened)}
            />
          ))}
          <p className="empty">{mentionsText(mentions, usd)}</p>
        </>
      )}
    </section>
  );
}

function useMentions(
  table: string,
  item: Item,
  isWanted: boolean,
): { mentions?: Mentions[]; problem?: string } {
  const [known, setKnown] = useState<{ mentions?: Mentions[]; problem?: string }>({});
  useEffect(() => {
    let isOver = !isWanted;
    if (isWanted) {
      findMentions(table, item).then(
        (mentions) => void (isOver || setKnown({ mentions })),
        (error: Error) => void (isOver || setKnown({ problem: error.message })),
      );
    }
    return () => {
      isOver = true;
    };
  }, [table, item, isWanted]);
  return known;
}

interface FoundProps {
  found: Mentions;
  table: TableView;
  onOpen(item: Item): void;
}

const Found = ({ found: { items, scanned, isCut }, table, onOpen }: FoundProps) => (
  <>
    <h2>
      {table.name}: {counted(items.length, 'item')}
      {isCut && `, in the first ${scanned} items`}
    </h2>
    {items.length > 0 && <ItemTable items={items} table={table} onOpen={onOpen} />}
  </>
);
