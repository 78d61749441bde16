/** The number of events that are kept. */
const KEPT = 100;

/**
 * The list of events that subscriptions delivered, newest first, each with its time of arrival.
 *
 * @param {HTMLElement} panel hidden until there is something to show
 */
export function createEventLog(panel) {
  const list = document.createElement('ol');
  const title = document.createElement('h2');
  const subscriptions = document.createElement('span');
  const clear = button('Clear', () => {
    count = 0;
    list.replaceChildren();
    showCount();
  });
  let count = 0;

  const showCount = () => {
    title.textContent = count === 1 ? 'Events: 1' : `Events: ${count}`;
  };
  const insert = (text, className) => {
    panel.hidden = false;
    list.prepend(entry(text, className));
    while (list.childElementCount > KEPT) list.lastElementChild.remove();
  };

  list.tabIndex = 0;
  list.setAttribute('aria-label', 'Events, newest first');
  showCount();
  const head = document.createElement('header');
  head.append(title, subscriptions, clear);
  panel.append(head, list);

  return {
    /**
     * Shows a running subscription, with a button that stops it.
     *
     * @param {string} name @param {() => void} stop
     * @returns {() => void} to be called when it has ended
     */
    running(name, stop) {
      panel.hidden = false;
      const shown = button(`Stop ${name}`, stop);
      subscriptions.append(shown);
      return () => shown.remove();
    },
    /** @param {object} payload GraphQL result of one event */
    add(payload) {
      count += 1;
      showCount();
      insert(JSON.stringify(payload.errors ? payload : payload.data), payload.errors ? 'failed' : 'event');
    },
    /** @param {string} text a remark on the connection */
    note: (text) => insert(text, 'note'),
  };
}

function button(text, onClick) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', onClick);
  return element;
}

function entry(text, className) {
  const now = new Date();
  const time = document.createElement('time');
  time.dateTime = now.toISOString();
  time.textContent = `${now.toTimeString().slice(0, 8)}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  const body = document.createElement('code');
  body.textContent = text;
  const item = document.createElement('li');
  item.className = className;
  item.append(time, body);
  return item;
}
