/**
 * localStorage with a part of its own for each API, since all of them appear on the same origin.
 *
 * @param {string} name
 */
export function storageFor(name) {
  const prefix = `${name}/`;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return {
    get length() {
      return keys().length;
    },
    getItem: (key) => localStorage.getItem(prefix + key),
    setItem: (key, value) => localStorage.setItem(prefix + key, value),
    removeItem: (key) => localStorage.removeItem(prefix + key),
    clear: () => keys().forEach((key) => localStorage.removeItem(key)),
  };
}

/** Forgotten with the page. */
export function memoryStorage() {
  const values = new Map();
  return {
    get length() {
      return values.size;
    },
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}

/**
 * On the first visit GraphiQL 4.1 shows the first default tab without its variables, and on the next adds an empty tab,
 * because it looks for the active tab's texts under keys of their own. So they are put there.
 *
 * @param {{ query: string, variables?: string }} tab
 */
export function seedTabs(storage, { query, variables = '' }) {
  if (storage.getItem('graphiql:tabState') !== null) return;
  storage.setItem('graphiql:query', query);
  storage.setItem('graphiql:variables', variables);
}
