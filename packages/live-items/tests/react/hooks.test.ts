// @vitest-environment happy-dom
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Item, ItemsStore, PutOutcome } from '../../src/index.ts';
import type { PutItemState } from '../../src/react/index.ts';
import { type FakeApi, fakeApi } from '../harness/fake-api.ts';
import { passing } from '../harness/view.ts';
import * as library19 from './harness/library.ts';
import { libraryWithReact18 } from './harness/react-18.ts';

const library18 = await libraryWithReact18();

describe.each([
  ['19', library19],
  ['18', library18],
])('with React %s', (major, library) => {
  const { createElement, createItemsStore, createRoot, renderToString, StrictMode } = library;
  const { useItem, useLiveItems, usePutItem, version, withApiKey } = library;

  it('it is that React', () => expect(version.split('.')[0]).toBe(major));

  let api: FakeApi;
  let store: ItemsStore;

  beforeEach(() => {
    // React schedules by setImmediate, which goes on.
    vi.useFakeTimers({
      now: new Date('2026-01-01T00:00:00Z'),
      toFake: ['setTimeout', 'clearTimeout', 'Date'],
    });
    vi.spyOn(Math, 'random').mockReturnValue(1);
    api = fakeApi();
    store = createItemsStore({
      url: 'https://api.example/graphql',
      authorization: withApiKey('da2-key'),
      fetch: api.fetch,
      webSocket: api.webSocket,
    });
  });
  afterEach(() => {
    store.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** The part of happy-dom's document that is needed: this project is compiled without the types of browsers. */
  const page = (
    globalThis as unknown as Record<'document', { createElement(tag: 'div'): { textContent: string } }>
  ).document;

  const payload = (value: unknown): { payload: string } => ({ payload: JSON.stringify(value) });

  /** Lets time pass, and React do what it has scheduled since. */
  async function settle(ms = 0): Promise<void> {
    await passing(ms);
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await passing();
    }
  }

  /** Mounts in StrictMode, which mounts everything twice. */
  async function mount(element: ReactElement): Promise<{ text(): string; unmount(): Promise<void> }> {
    const container = page.createElement('div');
    const root = createRoot(container as never);
    const unmount = (): Promise<void> => {
      root.unmount();
      return settle();
    };
    onTestFinished(() => root.unmount());
    root.render(createElement(StrictMode, null, element));
    await settle();
    return { text: () => container.textContent, unmount };
  }

  const show = ({ id, payload: text, version }: Item): string => `${id}=${text}@${version}`;

  function List(): string {
    const { items, status } = useLiveItems(store, { sort: [{ by: 'payload', path: 'n' }] });
    return `${status}: ${items.map(show).join(' ')}`;
  }

  describe('useLiveItems', () => {
    it('shows what matches, in order, as it changes, over one connection', async () => {
      api.write('a', payload({ n: 2 }));
      api.write('b', payload({ n: 1 }));
      const { text } = await mount(createElement(List));
      const first = text();

      api.write('a', payload({ n: 0 }));
      await settle();

      expect(first).toBe('live: b={"n":1}@1 a={"n":2}@1');
      expect(text()).toBe('live: a={"n":0}@2 b={"n":1}@1');
      expect([api.opened, api.connections(), api.subscriptions()]).toEqual([1, 1, 1]);
    });

    it('says when the view is not live, and why', async () => {
      function Status(): string {
        const { status, reason } = useLiveItems(store);
        return `${status} ${reason?.message ?? ''}`;
      }
      const { text } = await mount(createElement(Status));

      api.reachable = false;
      api.drop();
      await settle();

      expect(text()).toBe('reconnecting the connection was closed with code 1006');
    });

    it('renders on a server, where it opens nothing', async () => {
      const html = renderToString(createElement(List));
      await passing(60_000);

      expect(html).toBe('connecting: ');
      expect([api.opened, api.asked]).toEqual([0, []]);
    });

    it('lets the view end a while after the last component has gone, and not at once', async () => {
      const { unmount } = await mount(createElement(List));
      await unmount();
      await passing(4_000);
      const soon = api.connections();
      await passing(1_000);
      const later = api.connections();

      api.write('meanwhile', payload({}));
      const { text } = await mount(createElement(List));

      expect([soon, later]).toEqual([1, 0]);
      expect(text()).toBe('live: meanwhile={}@1');
    });
  });

  describe('useItem', () => {
    it('shows one item, and renders for no other', async () => {
      const renders = vi.fn();
      function One(): string {
        renders();
        const item = useItem(store, 'one');
        return item ? show(item) : 'none';
      }
      const { text } = await mount(createElement(One));
      const before = [text(), renders.mock.calls.length];

      api.write('other', payload(1));
      await settle();
      const still = renders.mock.calls.length;
      api.write('one', payload(1));
      await settle();
      const there = text();
      api.write('one', null);
      await settle();

      expect(before[0]).toBe('none');
      expect(still).toBe(before[1]);
      expect([there, text()]).toEqual(['one=1@1', 'none']);
    });
  });

  describe('usePutItem', () => {
    let state: PutItemState;

    function Editor(): string {
      state = usePutItem(store);
      const item = useItem(store, 'one');
      return `${item ? show(item) : 'none'} ${state.isPending ? 'pending' : (state.outcome?.is ?? '')}`;
    }
    const put = async (input: Parameters<PutItemState['put']>[0]): Promise<() => Promise<PutOutcome>> => {
      const outcome = state.put(input);
      await settle();
      return () => outcome;
    };

    it('shows a write at once, and then what came of it', async () => {
      const { text } = await mount(createElement(Editor));
      api.before = (name) => (name === 'PutItem' ? { status: 503, errors: [] } : undefined);
      await put({ id: 'one', payload: '1' });
      const atOnce = text();
      api.before = () => undefined;
      await settle(1_000);

      expect([atOnce, text()]).toEqual(['one=1@1 pending', 'one=1@1 written']);
      expect(api.log).toHaveLength(1);
    });

    it('takes a write back that conflicts, and gives the version that stands', async () => {
      api.write('one', payload('old'));
      const { text } = await mount(createElement(Editor));
      api.tells = false;
      api.write('one', payload('theirs'));

      const outcome = await put({ id: 'one', payload: '"mine"' });
      await settle();

      expect(await outcome()).toMatchObject({ is: 'conflict', theirs: { payload: '"theirs"', version: 2 } });
      expect(text()).toBe('one="theirs"@2 conflict');
      expect(api.items.get('one')?.payload).toBe('"theirs"');
    });

    it('takes a write back that is refused', async () => {
      const { text } = await mount(createElement(Editor));
      api.before = (name) =>
        name === 'PutItem' ? { errors: [{ errorType: 'BadRequest', message: 'too large' }] } : undefined;

      const outcome = await put({ id: 'one', payload: '1' });
      await settle();
      state.reset();
      await settle();

      expect(await outcome()).toMatchObject({ is: 'refused', error: { message: 'too large' } });
      expect(text()).toBe('none ');
    });

    it('expects of each write the one before it', async () => {
      const { text } = await mount(createElement(Editor));
      await put({ id: 'one', payload: '1' });
      await put({ id: 'one', payload: '2' });
      await put({ id: 'one', payload: '3' });
      await settle();

      expect(text()).toBe('one=3@3 written');
      expect(api.log.map(({ version }) => version)).toEqual([1, 2, 3]);
    });

    it('overwrites where that is wished', async () => {
      api.write('one', payload('old'));
      await mount(createElement(Editor));
      api.tells = false;
      api.write('one', payload('theirs'));

      const outcome = await put({ id: 'one', payload: '"mine"', expectedVersion: null });
      await settle();

      expect(await outcome()).toMatchObject({ is: 'written', item: { version: 3 } });
    });

    it('keeps the answer until the view has it', async () => {
      const { text } = await mount(createElement(Editor));
      api.tells = false;
      await put({ id: 'one', payload: '1' });
      await settle();
      const answered = text();
      api.tells = true;
      api.write('one', payload(2));
      await settle();

      expect([answered, text()]).toEqual(['one=1@1 written', 'one=2@2 written']);
    });
  });
});
