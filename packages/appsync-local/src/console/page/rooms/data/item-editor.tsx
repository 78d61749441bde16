import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Item, TableView } from '../../../../data/data-view.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { writeItem } from './asks.ts';
import { type Difference, differencesOf } from './differences.ts';
import { inOrder, isPlain, parseItem, plainOf } from './typed-json.ts';

interface ItemEditorProps {
  table: TableView;
  /** As it was read; null for a new item. */
  item: Item | null;
  /** Whether all its attributes were read. */
  isWhole: boolean;
  isWritable: boolean;
  onClose(): void;
  onWritten(): void;
}

interface Review {
  after: Item | null;
  differences: Difference[];
}

/** One item as JSON. What a change does is shown before it is sent. */
export function ItemEditor({ table, item, isWhole, isWritable, onClose, onWritten }: ItemEditorProps) {
  const mustBeTyped = item !== null && !isPlain(item);
  const [isTyped, setTyped] = useState(mustBeTyped);
  const [text, setText] = useState(() =>
    textOf(inOrder(item ?? emptyItem(table), keyNames(table)), mustBeTyped),
  );
  const [review, setReview] = useState<Review>();
  const [problem, setProblem] = useState<string>();
  const canWrite = isWritable && isWhole;
  const show = (after: () => Item | null): void => {
    try {
      const wanted = after();
      setReview({ after: wanted, differences: differencesOf(item, wanted) });
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  /** Writes what the editor has in the other JSON. */
  const write = (typed: boolean): void => {
    try {
      const now = parseItem(text, isTyped);
      if (!typed && !isPlain(now)) {
        throw new Error('Ordinary JSON has no sets, binary values or numbers this long; keep DynamoDB JSON.');
      }
      setText(textOf(now, typed));
      setTyped(typed);
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const send = ({ after }: Review): void => {
    writeItem(table.name, item, after).then(onWritten, (error: Error) => setProblem(error.message));
  };
  return (
    <section className="item-editor" aria-label={item ? 'Item' : 'New item'}>
      <label>
        <input
          type="checkbox"
          disabled={mustBeTyped || review !== undefined}
          checked={isTyped}
          onChange={({ target }) => write(target.checked)}
        />{' '}
        DynamoDB JSON
        {mustBeTyped && ', because ordinary JSON has no sets, binary values or numbers this long'}
      </label>
      {!isWhole && (
        <p className="notice">
          The index has only some of the attributes. To change the item, search the table.
        </p>
      )}
      <textarea
        aria-label="Item as JSON"
        spellCheck={false}
        readOnly={!canWrite || review !== undefined}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Problem text={problem} />
      {review ? (
        <ReviewPanel
          review={review}
          isNew={item === null}
          onSend={() => send(review)}
          onBack={() => setReview(undefined)}
        />
      ) : (
        <div className="tools">
          {canWrite && (
            <Button className="button primary" onPress={() => show(() => parseItem(text, isTyped))}>
              Review changes
            </Button>
          )}
          {canWrite && item && (
            <Button className="button" onPress={() => show(() => null)}>
              Delete…
            </Button>
          )}
          {item && <CopyButton text={() => JSON.stringify(item)}>Copy as DynamoDB JSON</CopyButton>}
          <Button className="button" onPress={onClose}>
            Close
          </Button>
        </div>
      )}
    </section>
  );
}

const textOf = (item: Item, isTyped: boolean): string =>
  JSON.stringify(isTyped ? item : plainOf(item), null, 2);

const keyNames = ({ key }: TableView): string[] => key.map(({ name }) => name);

const emptyItem = ({ key }: TableView): Item =>
  Object.fromEntries(key.map(({ name, type }) => [name, { [type]: type === 'N' ? '0' : '' }]));

interface ReviewPanelProps {
  review: Review;
  isNew: boolean;
  onSend(): void;
  onBack(): void;
}

function ReviewPanel({ review: { after, differences }, isNew, onSend, onBack }: ReviewPanelProps) {
  const verb = after === null ? 'Delete the item' : isNew ? 'Add the item' : 'Write the changes';
  return (
    <div className="review">
      <p role="status">{differences.length === 0 ? 'Nothing has changed.' : `${verb}?`}</p>
      <dl tabIndex={0} aria-label="Changes">
        {differences.map(({ path, before, after: now }) => (
          <div key={path}>
            <dt>{path}</dt>
            {before !== undefined && (
              <dd>
                <del>{before}</del>
              </dd>
            )}
            {now !== undefined && (
              <dd>
                <ins>{now}</ins>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <div className="tools">
        {differences.length > 0 && (
          <Button className="button primary" onPress={onSend}>
            {verb}
          </Button>
        )}
        <Button className="button" onPress={onBack}>
          Back
        </Button>
      </div>
    </div>
  );
}
