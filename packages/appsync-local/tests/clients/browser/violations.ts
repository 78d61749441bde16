import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { EVENTS, putItem, requestRow, room, subscribe } from './console-page.ts';
import { relatives, review } from './data-room.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The controls that end beyond the right edge of the window. The editors scroll what does not fit. */
const CUT_OFF = `[...document.querySelectorAll('label, select, input, button')]
  .filter((control) => control.checkVisibility() && !control.closest('.graphiql-container'))
  .filter((control) => control.getBoundingClientRect().right > innerWidth)
  .map((control) => control.outerHTML)`;

/**
 * Goes through all rooms, with something in each, asks axe, and looks for controls that are cut off.
 * @param name of the pictures
 * @returns what axe objects to and what is cut off, by the place
 */
export async function violationsOfRooms(
  page: Page,
  name: string,
  picture: (page: Page, name: string) => Promise<void>,
): Promise<Record<string, string[]>> {
  await subscribe(page);
  await putItem(page, `axe ${name}`);
  await page.locator(EVENTS).first().waitFor();
  await picture(page, `axe-${name}`);
  const found = { query: await violations(page) } as Record<string, string[]>;
  for (const [panel, button] of [
    ['docs', 'Show Documentation Explorer'],
    ['history', 'Show History'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    found[panel] = await violations(page);
  }
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  found.keys = await violations(page);
  await page.keyboard.press('Escape');
  await room(page, 'Changes').click();
  await page.locator('.changes summary').click();
  await picture(page, `axe-changes-${name}`);
  found.changes = await violations(page);
  await room(page, 'Requests').click();
  await requestRow(page, 'putItem').click();
  await page.getByRole('region', { name: 'Values of the step' }).waitFor();
  await picture(page, `axe-request-${name}`);
  found.request = await violations(page);
  await room(page, 'Data').click();
  await page.getByRole('region', { name: 'Items of ' }).locator('.link').first().click();
  await relatives(page.locator('.data'));
  await review(page.locator('.data'), '{"id": "other"}');
  found.data = await violations(page);
  await room(page, 'Functions').click();
  const functions = page.getByRole('grid', { name: 'Lambda functions' }).locator('tbody').getByRole('row');
  await functions.first().waitFor();
  // An app may have no Lambda function: then the only row says so.
  const hasFunction = (await functions.getByText('There is none.').count()) === 0;
  if (hasFunction) {
    await functions.last().click();
    await page.getByText('Test with an event').click();
  }
  await picture(page, `axe-functions-${name}`);
  found.functions = await violations(page);
  if (hasFunction) {
    await page.getByRole('button', { name: 'Close' }).last().click();
  }
  await page.getByRole('radio', { name: 'Log' }).click();
  await page.getByRole('combobox', { name: 'Level' }).selectOption('debug');
  const lines = page.getByRole('list', { name: 'Log lines, newest first' });
  await (hasFunction ? lines : page.getByText('Nothing was logged yet.')).waitFor();
  found.log = await violations(page);

  return found;
}

/** What axe finds, one line for each violation, and what is cut off. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) {
    await page.evaluate(AXE);
  }
  const { violations } = await page.evaluate<{
    violations: { impact: string; id: string; nodes: { html: string }[] }[];
  }>(`axe.run({ resultTypes: ['violations'] })`);
  const cutOff = await page.evaluate<string[]>(CUT_OFF);
  return [
    ...violations.map(
      ({ impact, id, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    ),
    ...cutOff.map((html) => `cut off: ${html}`),
  ];
}
