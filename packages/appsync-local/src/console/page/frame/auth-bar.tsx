import { useState } from 'react';
import type { Auth } from '../api/auth.ts';
import type { Field } from '../api/callers.ts';
import type { AuthenticationType } from '../api/settings.ts';
import { useStore } from '../ground/store.ts';

/** The picker of the authorization mode, and the fields of the chosen one. */
export function AuthBar({ auth }: { auth: Auth }) {
  const { mode, values } = useStore(auth);
  return (
    <form className="auth" id="auth" aria-label="Authorization" onSubmit={(event) => event.preventDefault()}>
      <label>
        Call as{' '}
        <select
          id="call-as"
          value={mode.type}
          onChange={({ target }) => auth.choose(target.value as AuthenticationType)}
        >
          {auth.modes.map(({ type, title }) => (
            <option key={type} value={type}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {mode.fields.map((field) => (
        <FieldInput
          key={`${mode.type} ${field.name}`}
          field={field}
          value={values[field.name] ?? field.initial ?? ''}
          onValue={(value) => auth.setValue(field.name, value)}
        />
      ))}
    </form>
  );
}

interface FieldInputProps {
  field: Field;
  value: string;
  onValue(value: string): void;
}

/** Takes effect on Enter or when it is left, since each change is a request with the new credentials. */
function FieldInput({ field: { name, title, placeholder = '' }, value, onValue }: FieldInputProps) {
  const [text, setText] = useState(value);
  const commit = (): void => {
    if (text.trim() !== value) {
      onValue(text);
    }
  };
  return (
    <label>
      {title}{' '}
      <input
        {...{ name, placeholder }}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}
