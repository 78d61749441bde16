import { createMode } from './auth-modes.js';

const REMEMBERED = 'console-authorization';

/**
 * The picker of the authorization mode, and the fields of each mode. The choice lasts as long as the tab.
 *
 * @param {HTMLFormElement} form
 * @param {object} settings see ConsoleSettings in console.ts
 * @returns `{ mode(), onChange(listener) }`; a mode is the result of createMode
 */
export function createAuthBar(form, settings) {
  const remembered = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? '{}');
  const values = { ...remembered.values };
  const modes = settings.modes.map((type) => createMode(type, settings, values)).filter(Boolean);
  let current = modes.find(({ type }) => type === remembered.type) ?? modes[0];
  let listener = () => {};

  const picker = labelled('Call as', document.createElement('select'));
  picker.control.append(
    ...modes.map(({ type, title }) => new Option(title, type, false, type === current.type)),
  );
  const fields = document.createElement('span');
  fields.className = 'fields';
  form.replaceChildren(picker.label, fields);

  const remember = () => sessionStorage.setItem(REMEMBERED, JSON.stringify({ type: current.type, values }));
  const showFields = () =>
    fields.replaceChildren(...current.fields.map((field) => fieldInput(field, values)));
  showFields();

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    if (target === picker.control) {
      current = modes.find(({ type }) => type === target.value);
      showFields();
    } else {
      values[target.name] = target.value.trim();
    }
    remember();
    listener();
  });

  return {
    mode: () => current,
    onChange: (next) => {
      listener = next;
    },
  };
}

function fieldInput({ name, title, placeholder = '', initial = '' }, values) {
  values[name] ??= initial;
  const input = document.createElement('input');
  Object.assign(input, { name, placeholder, value: values[name], autocomplete: 'off', spellcheck: false });
  return labelled(title, input).label;
}

function labelled(title, control) {
  const label = document.createElement('label');
  label.append(title, control);
  return { label, control };
}
