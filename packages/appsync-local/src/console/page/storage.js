/**
 * A separate part of localStorage for each API, since all of them share one origin.
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

/** Lasts as long as the page. */
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
 * Stores the texts of the active tab under separate keys, where GraphiQL 4.1 looks for them. Otherwise it shows the first
 * default tab without its variables on the first visit, and adds an empty tab on the next.
 *
 * @param {{ query: string, variables?: string }} tab
 */
export function seedTabs(storage, { query, variables = '' }) {
  if (storage.getItem('graphiql:tabState') !== null) return;
  storage.setItem('graphiql:query', query);
  storage.setItem('graphiql:variables', variables);
}
