import type { GraphQLSchema } from 'graphql';
import { readable } from '../api/aws-json.ts';
import type { Entry } from '../api/change-log.ts';
import { timeText } from '../ground/words.ts';
import { CopyButton } from './copy-button.tsx';

export interface EntryListProps {
  entries: Entry[];
  /** Says which fields are `AWSJSON`. */
  schema?: GraphQLSchema;
}

/** Entries of the change log, newest first; each event opens. */
export function EntryList({ entries, schema }: EntryListProps) {
  return (
    <ol className="entries" tabIndex={0} aria-label="Events, newest first">
      {entries.map((entry) => (
        <li key={entry.id} className={entry.kind}>
          <time dateTime={entry.at.toISOString()}>{timeText(entry.at)}</time>
          <div>
            {entry.event ? (
              <Event entry={entry} event={entry.event} schema={schema} />
            ) : (
              <span>{entry.text}</span>
            )}
            {entry.explanation !== undefined && <p className="notice">{entry.explanation}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface EventProps {
  entry: Entry;
  event: NonNullable<Entry['event']>;
  schema?: GraphQLSchema;
}

function Event({ entry, event: { operation, payload }, schema }: EventProps) {
  return (
    <details>
      <summary>
        <code>{entry.text}</code>
      </summary>
      <pre tabIndex={0} aria-label="Event">
        {JSON.stringify(readable(payload, operation, schema), null, 2)}
      </pre>
      <CopyButton text={() => JSON.stringify(payload)}>Copy event</CopyButton>
    </details>
  );
}
