import { createItemsStore, withToken } from 'live-items';
import { useLiveItems } from 'live-items/react';
import { createElement, memo, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';

/*
 * A page that shows a user's items with React, the newest first, and says when it has shown one. `?rows=` of them, all without it.
 */

const parameters = new URLSearchParams(location.search);
const limit = parameters.has('rows') ? Number(parameters.get('rows')) : undefined;

/** When the last frame came; the listener is the first of the socket. */
let arrivedAt = 0;
class TimedSocket extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => (arrivedAt = performance.now()));
  }
}

const store = createItemsStore({
  url: parameters.get('api'),
  authorization: withToken(async () => parameters.get('token')),
  webSocket: TimedSocket,
});

/** What is waited for: a payload, and whom to tell. */
let wanted = null;

/** From now on `seen` waits for the item with this payload to be on the screen. */
globalThis.expectPayload = (payload) => {
  globalThis.seen = new Promise((tell) => (wanted = { payload, tell }));
};
/** Milliseconds until the view was live. */
globalThis.liveAfter = null;

function report(payload, tell) {
  const arrived = arrivedAt;
  const renderedAt = performance.now();
  // A message that is posted in a frame's callback comes after the frame is painted.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const paintedAt = performance.now();
      tell({
        render: renderedAt - arrived,
        paint: paintedAt - arrived,
        at: performance.timeOrigin + paintedAt,
      });
    };
    port2.postMessage(payload);
  });
}

const Row = memo(({ item }) =>
  createElement('li', null, `${item.id} ${item.payload} version ${item.version}`),
);

function List() {
  const { items, status } = useLiveItems(store, {
    sort: [{ by: 'updatedAt', direction: 'DESC' }],
    ...(limit && { limit }),
  });
  useLayoutEffect(() => {
    if (status === 'live') {
      globalThis.liveAfter ??= performance.now();
    }
    if (wanted && items[0]?.payload === wanted.payload) {
      const { payload, tell } = wanted;
      wanted = null;
      report(payload, tell);
    }
  });
  return createElement(
    'ul',
    null,
    items.map((item) => createElement(Row, { key: item.id, item })),
  );
}

createRoot(document.getElementById('root')).render(createElement(List));
