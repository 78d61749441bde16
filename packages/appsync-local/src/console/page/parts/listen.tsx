import { useState } from 'react';
import { Button } from 'react-aria-components';
import { fieldsOf, sampleOf } from '../api/samples.ts';
import { useStore } from '../ground/store.ts';
import type { RoomProps } from './room.ts';

/** Starts a subscription of all its fields, if none of its arguments is required. */
export function Listen({ console: { auth, schema, subscriptions } }: Pick<RoomProps, 'console'>) {
  const known = useStore(schema);
  const fields = known ? fieldsOf(known.introspection, 'subscription') : [];
  const [name, setName] = useState('');
  const field = fields.find((one) => one.name === name) ?? fields[0];
  if (!known || !field) {
    return (
      <p className="empty">
        {known ? 'This API has no subscriptions.' : 'This caller cannot read the schema.'}
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
