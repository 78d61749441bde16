import { Window } from 'happy-dom';
import { createItemsStore, withApiKey } from 'live-items';
import { useItem, useLiveItems, usePutItem } from 'live-items/react';
import { createElement, StrictMode, version } from 'react';
import { renderToString } from 'react-dom/server';

// A page with React's hooks, as `package.test.ts` runs it. There is no API: the view says so.

console.log(`React ${version.split('.')[0]}`);
const store = createItemsStore({
  url: 'no url',
  authorization: withApiKey('key'),
  webSocket: class {},
  fetch: () => Promise.reject(new Error('no network')),
});
let put;

function Page() {
  ({ put } = usePutItem(store));
  const { items, status } = useLiveItems(store, { filter: { id: { beginsWith: 'a' } }, limit: 5 });
  return `${status}:${items.map(({ id }) => id)}${useItem(store, 'one')?.id ?? ''}`;
}
const page = createElement(StrictMode, null, createElement(Page));
console.log('on a server:', renderToString(page));

const window = new Window();
// Defined, not assigned: since version 21 Node.js has a `navigator`, which cannot be assigned.
for (const [name, value] of Object.entries({
  window,
  document: window.document,
  navigator: window.navigator,
})) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
const { createRoot } = await import('react-dom/client');
const container = document.createElement('div');
createRoot(container).render(page);
while (!container.textContent.startsWith('failed')) {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
console.log('in a page:', container.textContent);
console.log('put:', (await put({ id: 'one', payload: '1' })).is);
process.exit(0);
