import type { KeyView, TableView } from '../../../../data/data-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { itemsText } from './cost.ts';

const keyText = (key: KeyView): string => key.map(({ name, type }) => `${name} (${type})`).join(', ');

/** The key, the indexes and the rest of a table's definition. */
export const TableFacts = ({
  table: { key, indexes, stream, timeToLiveAttribute, items },
}: {
  table: TableView;
}) => (
  <details className="table-facts">
    <summary>
      {itemsText(items)}, key {keyText(key)}
      {indexes.length > 0 && `, ${counted(indexes.length, 'index', 'indexes')}`}
    </summary>
    <ul>
      {indexes.map((index) => (
        <li key={index.name}>
          {index.kind} index {index.name}: {keyText(index.key)}, projects {index.projection}
        </li>
      ))}
      <li>{stream === undefined ? 'no stream' : `stream: ${stream}`}</li>
      <li>
        {timeToLiveAttribute === undefined ? 'items do not expire' : `items expire at ${timeToLiveAttribute}`}
      </li>
    </ul>
  </details>
);
