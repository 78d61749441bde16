import { useState } from 'react';
import { Button } from 'react-aria-components';
import { counted } from '../../../../ground/counted.ts';
import { fieldsOf, sampleOf } from '../../api/samples.ts';
import { useStore } from '../../ground/store.ts';
import { EntryList } from '../../parts/entry-list.tsx';
import type { RoomProps } from '../../parts/room.ts';
import { RunningList } from '../../parts/running-list.tsx';
import { matching } from './matching.ts';

/** What subscriptions deliver, as it comes, whoever started them. */
export function ChangesRoom({ console }: RoomProps) {
  const { entries, events } = useStore(console.log);
  const schema = useStore(console.schema);
  const [text, setText] = useState('');
  const shown = matching(entries, text);
  return (
    <div className="changes">
      <Listen {...{ console }} />
      <RunningList console={console} />
      <div className="tools">
        <label>
          Filter <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <span role="status">
          {counted(events, 'event')}
          {shown.length < entries.length && `, ${shown.length} of ${entries.length} lines shown`}
        </span>
        <Button className="button" onPress={console.log.clear}>
          Clear
        </Button>
      </div>
      {entries.length === 0 ? (
        <p className="empty">
          Nothing yet. Listen to a subscription; what it delivers appears here, and so does what subscriptions
          of the Query room deliver.
        </p>
      ) : (
        <EntryList entries={shown} schema={schema?.schema} />
      )}
    </div>
  );
}

/** Starts a subscription of all its fields, if none of its arguments is required. */
function Listen({ console: { auth, schema, subscriptions } }: Pick<RoomProps, 'console'>) {
  const known = useStore(schema);
  const fields = known ? fieldsOf(known.introspection, 'subscription') : [];
  const [name, setName] = useState('');
  const field = fields.find((one) => one.name === name) ?? fields[0];
  if (!known || !field) {
    return (
      <p className="empty">
        {known ? 'This API has no subscriptions.' : 'The schema is not known to this caller.'}
      </p>
    );
  }
  const listen = (): void => {
    const { query, variables } = sampleOf(known.introspection, 'subscription', field);
    const operationName = /^subscription (\w+)/.exec(query)?.[1];
    const operation = {
      query,
      operationName,
      variables: variables === undefined ? undefined : JSON.parse(variables),
    };
    subscriptions.start(operation, auth.caller);
  };
  return (
    <div className="tools">
      <label>
        Subscription{' '}
        <select value={field.name} onChange={({ target }) => setName(target.value)}>
          {fields.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      </label>
      <Button className="button primary" onPress={listen}>
        Listen
      </Button>
    </div>
  );
}
