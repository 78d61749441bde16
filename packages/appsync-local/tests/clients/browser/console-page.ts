import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What people do on the console's page. */

export const EXECUTE = '.graphiql-execute-button';
export const EVENTS = '#events li.event';
export const RESULT = '.result-window';

export const openTab = (page: Page, name: string): Promise<void> =>
  page.locator(`.graphiql-tab-button[title="${name[0]!.toUpperCase()}${name.slice(1)}"]`).click();

export const callAs = (page: Page, mode: string): Promise<unknown> =>
  page.getByLabel('Call as').selectOption({ label: mode });

/** The newest request with this text in the room Requests. */
export const requestRow = (page: Page, text: string): Locator =>
  page
    .getByRole('grid', { name: 'Requests, newest first' })
    .locator('tbody')
    .getByRole('row')
    .filter({ hasText: text })
    .first();

export const room = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });

export async function runTab(page: Page, name: string): Promise<void> {
  await openTab(page, name);
  await page.click(EXECUTE);
}

/** The subscription among the samples, which is the schema's first, and who may run it. */
export const [SUBSCRIPTION] = [
  'OnItemChange', // part: change-feed
  'OnPutItem',
] as const;
export const SUBSCRIBERS = [
  'API key', // part: change-feed
  'IAM (local keys)',
  'Cognito user',
];

export async function subscribe(page: Page, mode = 'IAM (local keys)'): Promise<void> {
  await callAs(page, mode);
  await runTab(page, SUBSCRIPTION);
  await page.locator('#events', { hasText: 'Subscribed.' }).waitFor();
}

/** Replaces what an editor contains. */
export async function write(page: Page, editor: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: editor }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Runs an operation in place of the sample mutation. */
export async function runOperation(page: Page, operation: string): Promise<void> {
  await openTab(page, 'putItem');
  await write(page, 'Operation', operation);
  await page.click(EXECUTE);
}

/** Writes an item of its own, since the server is shared and items have owners. */
export async function putItem(page: Page, id: string): Promise<void> {
  await openTab(page, 'putItem');
  await write(page, 'Variables', JSON.stringify({ input: { id, payload: '{"a":1}' } }));
  await page.click(EXECUTE);
  await page.locator(RESULT, { hasText: `"id": "${id}"` }).waitFor();
}

/** Presses a button that copies, and reads the clipboard. */
export async function copied(page: Page, button: string): Promise<string> {
  const read = () => page.evaluate<string>('navigator.clipboard.readText()');
  await page.evaluate(`navigator.clipboard.writeText('')`);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect.poll(read).not.toBe('');
  await page.locator('.said', { hasText: 'Copied' }).first().waitFor();
  return read();
}
