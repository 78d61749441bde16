import type { Locator } from 'playwright-core';

/** What people do in the Data room. */

/** Finds an item by its key in the Data room, and opens it. @param data the room */
export async function openItem(data: Locator, id: string): Promise<void> {
  await data.getByRole('textbox', { name: 'id', exact: true }).fill(id);
  await data.getByRole('button', { name: 'Query', exact: true }).click();
  await data.getByText('Query: 1 item, 0.5 read units').waitFor();
  await data.getByRole('button', { name: id, exact: true }).click();
}

/** The editor of the item that is open. */
export const itemText = (data: Locator): Locator => data.getByRole('textbox', { name: 'Item as JSON' });

/** Writes other text for the item that is open, and looks at what that changes: the words of the page. */
export async function review(data: Locator, text: string): Promise<string> {
  await itemText(data).fill(text);
  await data.getByRole('button', { name: 'Review changes' }).click();
  return data.locator('.review dl').innerText();
}

/** Finds items of other tables that are related to the open item. @returns the names of the tables with how many items each has */
export async function relatives(data: Locator): Promise<string[]> {
  await data.getByRole('button', { name: 'Find related items in other tables' }).click();
  const found = data.getByRole('region', { name: 'Related items' });
  await found.getByText(/^Found by key and by a Scan of /).waitFor();
  return found.getByRole('heading').allInnerTexts();
}

/** Listens to the first subscription beside the data. @returns the list of events about the item that is open */
export async function listenBeside(data: Locator): Promise<Locator> {
  await data.getByText(/^Live changes/).click();
  await data.getByRole('button', { name: 'Listen' }).click();
  await data.getByRole('list', { name: 'Running subscriptions' }).getByRole('button').waitFor();
  return data.getByRole('list', { name: 'Events, newest first' });
}
