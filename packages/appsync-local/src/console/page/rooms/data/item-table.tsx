import type { Item, TableView } from '../../../../data/data-view.ts';
import { inOrder, plainOf, plainValue } from './typed-json.ts';

interface ItemTableProps {
  items: Item[];
  table: TableView;
  onOpen(item: Item): void;
}

/** One row for each item; its key opens it. */
export function ItemTable({ items, table: { name, key }, onOpen }: ItemTableProps) {
  if (items.length === 0) {
    return <p className="empty">No items on this page.</p>;
  }
  return (
    <div className="item-rows" tabIndex={0} role="region" aria-label={`Items of ${name}`}>
      <table>
        <thead>
          <tr>
            {key.map((part) => (
              <th key={part.name}>{part.name}</th>
            ))}
            <th>Other attributes</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row
              key={key.map((part) => JSON.stringify(item[part.name])).join()}
              {...{ item, onOpen }}
              names={key.map((part) => part.name)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  item: Item;
  /** Of the key's attributes. */
  names: string[];
  onOpen(item: Item): void;
}

function Row({ item, names, onOpen }: RowProps) {
  const [first = '', ...more] = names.map((name) => textOf(plainValue(item[name] ?? {})));
  const others = Object.entries(plainOf(inOrder(item, names))).filter(([name]) => !names.includes(name));
  return (
    <tr>
      <td>
        <button type="button" className="link" onClick={() => onOpen(item)}>
          {first}
        </button>
      </td>
      {more.map((text, index) => (
        <td key={names[index + 1]}>{text}</td>
      ))}
      <td>
        <code>{JSON.stringify(Object.fromEntries(others)).slice(0, SHOWN_CHARACTERS)}</code>
      </td>
    </tr>
  );
}

/** As much as fits on the widest screen. */
const SHOWN_CHARACTERS = 400;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
