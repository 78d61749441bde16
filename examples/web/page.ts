import type {
  ItemFieldsFragment,
  PutValidatedItemInput,
} from '../../schema/generated/front-end/documents.ts';
import { itemsErrorsOf } from '../../schema/generated/front-end/errors.ts';
import { inputOf, itemOf } from '../../schema/generated/front-end/kinds.ts';

/** What a recipe does with its client; the page below is the same for all of them. */
export interface Recipe {
  userName(): Promise<string>;
  signOut(): Promise<void>;
  list(): Promise<ItemFieldsFragment[]>;
  /** Rejects with what the client throws. */
  put(input: PutValidatedItemInput): Promise<unknown>;
  follow(page: Page): void;
}

export interface Page {
  /** The subscription is heard from now on, for the first time or again: what was missed is read. */
  connected(): void;
  interrupted(): void;
  changed(change: { id: string; item?: ItemFieldsFragment | null }): void;
}

const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;
const show = (id: string, text: string): void => void (element(id).textContent = text);

/** Runs the page: a list of products that stays true, and a form that puts one. */
export function runPage({ userName, signOut, list, put, follow }: Recipe): void {
  const items = new Map<string, ItemFieldsFragment>();

  function changed({ id, item }: Parameters<Page['changed']>[0]): void {
    // A change may come after the reading that has it.
    if (!item) {
      items.delete(id);
    } else if ((items.get(id)?.version ?? 0) < item.version) {
      items.set(id, item);
    }
    show('items', [...items.values()].map(nameOf).sort().join('\n'));
  }

  async function read(): Promise<void> {
    const now = await list();
    const gone = [...items.keys()].filter((id) => !now.some((item) => item.id === id));
    gone.forEach((id) => changed({ id }));
    now.forEach((item) => changed({ id: item.id, item }));
    show('status', 'live');
  }

  async function putPen(expectedVersion?: number): Promise<unknown> {
    // Each user has a pen of its own: no two products share a SKU.
    const sku = `PEN-${(await userName()).toUpperCase()}`;
    const name = element<HTMLInputElement>('name').value;
    const payload = { sku, name, price: { amountMinor: 199, currency: 'EUR' as const } };
    return put(inputOf({ id: sku, kind: 'product', payload, expectedVersion }));
  }

  const write = (expectedVersion?: number): void =>
    void putPen(expectedVersion).then(
      () => show('problem', ''),
      (failure: unknown) => show('problem', problemOf(failure)),
    );
  element('put').addEventListener('click', () => write());
  element('create').addEventListener('click', () => write(0));
  element('sign-out').addEventListener('click', () => void signOut());
  void userName().then((name) => show('user', name));
  follow({
    connected: () => void read().catch((failure) => show('problem', problemOf(failure))),
    interrupted: () => show('status', 'interrupted'),
    changed,
  });
}

/** The payload of a product is typed. */
const nameOf = (item: ItemFieldsFragment): string =>
  itemOf('product', item)?.payload.name ?? `${item.id}: ${item.payload}`;

/** An error is known by its type, and has what that type has. */
function problemOf(failure: unknown): string {
  const [error] = itemsErrorsOf(failure);
  switch (error?.errorType) {
    case 'Conflict':
      return `There is version ${error.errorInfo.currentVersion} already: ${error.data && nameOf(error.data)}`;
    case 'ValidationFailed':
      return error.errorInfo.violations.map(({ path, message }) => `${path} ${message}`).join(', ');
    default:
      return error?.message ?? String(failure);
  }
}
