export { createElement, StrictMode, version } from 'react';
export { createRoot } from 'react-dom/client';
export { renderToString } from 'react-dom/server';
export { createItemsStore, withApiKey } from '../../../src/index.ts';
export { useItem, useLiveItems, usePutItem } from '../../../src/react/index.ts';
