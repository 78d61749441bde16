import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { assemblyOfExample, listedApis } from '../apps/harness/foreign-app.ts';
import { startServer } from '../harness/port-target.ts';
import { chromiumPath, launchWithProfile, NO_CHROMIUM } from './browser/chromium.ts';
import {
  callAs,
  copied,
  EVENTS,
  EXECUTE,
  openTab,
  putItem,
  requestRow,
  RESULT,
  room,
  runOperation,
  runTab,
  subscribe,
  SUBSCRIBERS,
  SUBSCRIPTION,
  write,
} from './browser/console-page.ts';
import { itemText, listenBeside, openItem, relatives, review } from './browser/data-room.ts';
import { violationsOfRooms } from './browser/violations.ts';
import { LOOK, type Look, openVisit, type Visit } from './browser/visit.ts';

if (!chromiumPath) {
  console.warn(`The console is not tested: ${NO_CHROMIUM}`);
  test.skip(`the console in a browser (${NO_CHROMIUM})`);
}

const run = promisify(execFile);

describe.runIf(chromiumPath)('the console', () => {
  /** Where people who look at the pictures want them. */
  const pictures = process.env.CONSOLE_SCREENSHOTS;
  const profile = mkdtempSync(join(tmpdir(), 'console-'));
  let browser: BrowserContext;
  let server: Awaited<ReturnType<typeof startServer>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchWithProfile(profile, { permissions: ['clipboard-read', 'clipboard-write'] }),
      startServer(['--port', '0', '--memory']),
    ]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  });

  /** A first visit, and everything the page asked for or complained of. */
  async function visit(look = LOOK, { origin } = server): Promise<Visit> {
    const visited = await openVisit(browser, origin, look);
    await visited.page.goto(origin);
    await visited.page.waitForSelector(EXECUTE);
    return visited;
  }

  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures) {
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    }
  };

  it('runs its sample mutation as it opens, and its query, and tells what the answer cost', async () => {
    const { page, complaints } = await visit();

    const [response] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/graphql')),
      page.keyboard.press('Control+Enter'),
    ]);
    await page.locator(RESULT, { hasText: '"putItem"' }).waitFor();
    await picture(page, 'mutation');
    const answer = page.getByRole('region', { name: 'About this answer' });

    expect(await answer.innerText()).toMatch(/Status\s*200\s+Time\s*[\d.]+ m?s\s+Size\s*\d+ bytes/);
    expect(await answer.innerText()).toContain(response.headers()['x-amzn-requestid']);
    expect(await page.locator('#status').innerText()).toBe('Connected · API key');
    await runTab(page, 'getItem');
    await page.locator(RESULT, { hasText: '"getItem"' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows AWSJSON as what it says, or as it came, and copies it as it came', async () => {
    const { page } = await visit();
    await putItem(page, 'json');
    const result = page.locator(RESULT);

    await expect.poll(() => result.innerText()).toMatch(/"payload": \{\s+"a": 1\s+\}/);
    expect(await copied(page, 'Copy answer')).toContain('"payload":"{\\"a\\":1}"');
    await page.getByRole('button', { name: 'Readable AWSJSON' }).click();
    expect(await result.innerText()).toContain('"payload": "{\\"a\\":1}"');
  });

  it.each(SUBSCRIBERS)(
    'shows a subscription’s events below while another tab writes, and copies commands that work, as %s',
    async (mode) => {
      const { page, complaints } = await visit();
      await subscribe(page, mode);

      await putItem(page, mode);
      await page.locator(EVENTS).first().waitFor();
      await picture(page, `event-${mode.split(' ')[0]}`);

      expect(await page.locator(EVENTS).count()).toBe(1);
      expect(await page.locator(EVENTS).innerText()).toMatch(/\{"on\w+":\{"/);
      await openTab(page, 'getItem');
      await write(page, 'Variables', JSON.stringify({ id: mode }));
      await page.click(EXECUTE);
      await page.locator(RESULT, { hasText: '"getItem"' }).waitFor();
      const curl = await run('sh', ['-c', `${await copied(page, 'Copy as curl')} --silent`]);
      const fetched = await run(process.execPath, [
        '--input-type=module',
        '--eval',
        await copied(page, 'Copy as fetch'),
      ]);
      expect(JSON.parse(curl.stdout)).toHaveProperty('data.getItem.id', mode);
      expect(fetched.stdout).toContain('getItem: {');
      expect(complaints).toEqual([]);
    },
  );

  it('calls with the credentials of the Headers tab where there are some, and says so', async () => {
    const { page } = await visit();
    await openTab(page, 'getItem');
    await page.getByRole('button', { name: 'Headers' }).click();
    await write(page, 'Headers', '{"X-Api-Key": "da2-expired"}');
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: 'UnauthorizedException' }).waitFor();
    await picture(page, 'headers');

    expect(await page.locator('#status').innerText()).toMatch(
      /^Not authorized \(X-Api-Key of the Headers tab\): .*replaced the credentials of “API key”/,
    );
    expect(await page.getByRole('region', { name: 'About this answer' }).innerText()).toContain(
      'X-Api-Key of the Headers tab',
    );
    await openTab(page, SUBSCRIPTION);
    await write(page, 'Headers', '{"X-Api-Key": "da2-expired"}');
    await page.click(EXECUTE);
    await page.locator('#events', { hasText: 'Not subscribed' }).waitFor();
  });

  it('says that a subscription goes on as the former user, and restarts it as the new one', async () => {
    const { page } = await visit();
    await subscribe(page, 'Cognito user');
    const running = page.getByRole('list', { name: 'Running subscriptions' }).first();

    await page.getByRole('textbox', { name: 'User' }).fill('bob');
    await page.getByRole('textbox', { name: 'User' }).press('Enter');
    const notice = page.getByRole('alert');
    await notice.waitFor();
    await picture(page, 'former-user');

    expect(await notice.innerText()).toContain(
      'Still listening as Cognito user alice; you now call as Cognito user bob.',
    );
    await page.getByRole('button', { name: 'Restart as Cognito user bob' }).click();
    await page.locator('#events', { hasText: 'Listening as Cognito user bob.' }).waitFor();
    expect(await running.innerText()).toContain(`${SUBSCRIPTION} as Cognito user bob`);
    await running.getByRole('button', { name: `Stop ${SUBSCRIPTION}` }).click();
    await page.locator('#events', { hasText: 'Unsubscribed.' }).waitFor();
  });

  it('explains the error of a subscriber who selects more than the mutation', async () => {
    const { page } = await visit();
    // As a user the event would be filtered out, by the owner that the mutation does not select either.
    await callAs(page, 'IAM (local keys)');
    await openTab(page, SUBSCRIPTION);
    await write(page, 'Operation', 'subscription Put { onPutItem { id version createdAt } }');
    await page.click(EXECUTE);
    await page.locator('#events', { hasText: 'Subscribed.' }).waitFor();
    await runOperation(page, 'mutation { putItem(input: { id: "less" }) { id } }');
    await page.locator('#events li.failed').waitFor();
    await picture(page, 'explained');

    expect(await page.locator('#events li.failed .notice').innerText()).toMatch(
      /^The mutation did not select \w+\.version(?: and \w+\.createdAt)?, which this subscription asks for\./,
    );
  });

  it('is driven by the keyboard, and traps nobody in an editor', async () => {
    const { page, complaints } = await visit();
    const focused = () =>
      page.evaluate<string | null>(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
      );
    const operation = page.getByRole('textbox', { name: 'Operation' });

    await operation.focus();
    const before = await operation.inputValue();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Execute query/);
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Operation');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).not.toBe('Operation');
    expect(await operation.inputValue()).toBe(before);

    await page.keyboard.press('Alt+Shift+Digit3');
    await page.getByRole('button', { name: 'Listen' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#changes');
    await room(page, 'Changes').focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('grid', { name: 'Requests, newest first' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await operation.waitFor();
    await page.keyboard.press('Alt+Shift+KeyK');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    expect(await keys.innerText()).toMatch(/Escape, then Tab\s+Leave an editor/);
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Query');
    expect(complaints).toEqual([]);
  });

  it('lists what subscriptions deliver in a room of its own, to be filtered and opened', async () => {
    const { page, complaints } = await visit();
    await callAs(page, 'IAM (local keys)');
    await room(page, 'Changes').click();
    await page.getByRole('button', { name: 'Listen' }).click();
    const entries = page
      .getByRole('tabpanel', { name: 'Changes' })
      .getByRole('list', { name: 'Events, newest first' });
    await entries.getByText('Subscribed.').waitFor();
    await room(page, 'Query').click();
    await putItem(page, 'changed');
    await room(page, 'Changes').click();

    await entries.locator('li.event summary').click();
    await picture(page, 'changes');

    expect(await entries.locator('pre').innerText()).toMatch(/"payload": \{\s+"a": 1/);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('not in any event');
    await expect.poll(() => entries.locator('li').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows what a request did step by step, from the id of its answer on, and makes a test of a step', async () => {
    const { page, complaints } = await visit();
    await putItem(page, 'recorded');
    await openTab(page, 'putItem');
    await write(
      page,
      'Variables',
      JSON.stringify({ input: { id: 'recorded', payload: '{"a":1}', expectedVersion: 7 } }),
    );
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: '"Conflict"' }).waitFor();
    await page.getByTitle('Show what this request did').click();
    const request = page.getByRole('region', { name: 'The request' });
    const steps = request.getByRole('listbox', { name: 'Steps' });
    await steps.waitFor();

    expect(await request.getByRole('list', { name: 'Errors' }).innerText()).toContain(
      'expected at version 7',
    );
    const failed = steps.getByRole('option', { selected: true });
    expect(await failed.innerText()).toMatch(/DynamoDB UpdateItem[^]*ConditionalCheckFailedException/);
    await failed.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const values = request.getByRole('region', { name: 'Values of the step' });
    expect(await values.getByRole('heading').innerText()).toMatch(/putItem response$/);
    await picture(page, 'request');
    const context: unknown = JSON.parse(await copied(page, 'Copy test context'));
    expect(context).toMatchObject({
      arguments: { input: { id: 'recorded', expectedVersion: 7 } },
      error: { type: 'DynamoDB:ConditionalCheckFailedException' },
    });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download test context' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('putItem.response.json');
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(context);
    const curl = await copied(page, 'Copy as curl');
    expect(curl).toContain('x-api-key: $API_KEY');

    // A request of somebody else appears by itself.
    const key = await page.getByRole('textbox', { name: 'Key' }).inputValue();
    const again = await run('sh', ['-c', `${curl} --silent --include`], {
      env: { ...process.env, API_KEY: key },
    });
    expect(again.stdout).toContain('"Conflict"');
    const filter = page.getByRole('searchbox', { name: 'Filter' });
    await filter.fill(/^x-amzn-requestid: (\S+)/im.exec(again.stdout)![1]!);
    await requestRow(page, 'putItem').waitFor();
    await filter.fill('mutation PutItem {');
    const rows = page.getByRole('grid', { name: 'Requests, newest first' }).locator('tbody');
    await requestRow(page, 'putItem').click();
    await page.keyboard.press('ArrowDown');
    expect(await rows.getByRole('row', { selected: true }).innerText()).toContain('1 error');
    await page.keyboard.press('Escape');
    await request.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  // part: validated-items
  it('shows what functions did with their log lines, on the way from a request, and invokes one', async () => {
    const { page, complaints } = await visit();
    await runOperation(
      page,
      'mutation Check { putValidatedItem(input: { id: "f", kind: "product", payload: "{}" }) { id } }',
    );
    await page.locator(RESULT, { hasText: '"ValidationFailed"' }).waitFor();
    await page.getByTitle('Show what this request did').click();
    const request = page.getByRole('region', { name: 'The request' });
    await request.getByRole('list', { name: 'Lambda functions' }).getByRole('link').click();
    const functions = page.getByRole('region', { name: 'The function' });
    const invocation = functions.getByRole('region', { name: 'The invocation' });
    await invocation.getByText('"outcome":"ValidationFailed"').waitFor();
    await picture(page, 'invocation');

    expect(await functions.locator('.function-facts').innerText()).toMatch(
      /Source\s+functions\/put-validated-item\/handler\.ts[^]*Called by\s+Mutation\.putValidatedItem/,
    );
    expect(await invocation.locator('.facts').innerText()).toMatch(/answered[^]*\d+ ms[^]*MB used/);
    await functions.getByText('Test with an event').click();
    await invocation.getByRole('button', { name: 'Use this event in the test' }).click();
    const event = functions.getByRole('textbox', { name: 'Event as JSON' });
    expect(JSON.parse(await event.inputValue())).toMatchObject({ operation: 'putValidatedItem' });
    await event.fill('{"operation": "itemKinds"}');
    await functions.getByRole('button', { name: 'Invoke' }).click();
    await functions.getByRole('group', { name: 'Answer' }).first().waitFor();
    const invocations = functions.getByRole('grid', { name: 'Invocations, newest first' });
    const newest = invocations.locator('tbody').getByRole('row').first();
    await expect.poll(() => newest.innerText()).toMatch(/^console\s+answered/);

    // Arrow keys go from function to function, and Escape closes it.
    await page.getByRole('radio', { name: 'Resolvers' }).click();
    const resolvers = page.getByRole('grid', { name: 'Resolvers' });
    await resolvers.getByText('Mutation.putItem', { exact: true }).click();
    await page.keyboard.press('ArrowDown');
    await functions.getByRole('heading', { name: 'Mutation.putItems' }).waitFor();
    await page.keyboard.press('Escape');
    await functions.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Log' }).click();
    const lines = page.getByRole('list', { name: 'Log lines, newest first' });
    await page.getByRole('searchbox', { name: 'Text' }).fill('validationfailed');
    await expect.poll(() => lines.getByRole('listitem').count()).toBe(1);
    await lines.getByRole('link', { name: /^Request / }).click();
    await request.getByRole('heading', { name: 'mutation Check { putValidatedItem }' }).waitFor();
    expect(complaints).toEqual([]);
  });
  // end: validated-items

  it('finds an item by its key, and changes and deletes it after a look at what changes', async () => {
    const { page, complaints } = await visit();
    await putItem(page, 'in the table');
    await room(page, 'Data').click();
    const data = page.getByRole('tabpanel', { name: 'Data' });
    await data.getByText(/^A Scan reads every item.* on AWS on demand/).waitFor();
    await openItem(data, 'in the table');
    // part: change-feed
    expect(await relatives(data)).toEqual([
      expect.stringMatching(/Constraints.*: 0 items$/),
      expect.stringMatching(/Changes.*: 1 item$/),
    ]);
    const events = await listenBeside(data);
    // end: change-feed
    const before = await itemText(data).inputValue();
    const changes = await review(data, before.replace('"a": 1', '"a": 2'));
    await picture(page, 'data');
    await data.getByRole('button', { name: 'Write the changes' }).click();
    await itemText(data).waitFor({ state: 'detached' });
    await openItem(data, 'in the table');
    await events.getByText('"version":1').waitFor(); // part: change-feed
    expect(await itemText(data).inputValue()).toBe(before.replace('"a": 1', '"a": 2'));
    await data.getByRole('button', { name: 'Delete…' }).click();
    await data.getByRole('button', { name: 'Delete the item' }).click();
    await data.getByText('No items on this page.').waitFor();

    expect(changes.split(/\s+/)).toEqual(['payload.a', '1', '2']);
    expect(complaints).toEqual([]);
  });

  it.each([
    { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 400, height: 800 } },
  ] satisfies Look[])(
    'has nothing that axe objects to, nor a control cut off, in $colorScheme, $viewport.width px wide',
    async (options) => {
      const { page, complaints } = await visit(options);
      const found = await violationsOfRooms(page, options.colorScheme, picture);

      expect(Object.keys(found)).toHaveLength(9);
      expect(Object.entries(found).filter(([, objections]) => objections.length > 0)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
      expect(complaints).toEqual([]);
    },
  );

  it('has a column for the whole width of a phone, and a theme of its own', async () => {
    const { page } = await visit({ viewport: { width: 400, height: 800 }, colorScheme: 'light' });

    await runTab(page, 'getItem');
    await page.locator(RESULT, { hasText: '"getItem"' }).waitFor();
    await page.getByLabel('Theme').selectOption('dark');
    await page.locator('body.graphiql-dark').waitFor();
    await picture(page, 'phone');

    expect((await page.locator(RESULT).boundingBox())!.width).toBeGreaterThan(300);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  });

  it('serves any other API, with the modes it has and samples of its own fields', async () => {
    const assembly = await assemblyOfExample('chat');
    const [beta = ''] = await listedApis(assembly);
    const other = await startServer(['--port', '0', '--memory', '--app', assembly, '--api', beta]);
    onTestFinished(async () => {
      await other.stop();
    });
    const { page, complaints } = await visit(LOOK, other);

    await openTab(page, 'say');
    await page.click(EXECUTE);
    await page.locator(RESULT, { hasText: '"say"' }).waitFor();
    await picture(page, 'foreign');

    expect(await page.locator(RESULT).innerText()).toContain('"author": "alice"');
    expect(await page.getByLabel('Call as').locator('option').allInnerTexts()).toEqual([
      'Cognito user',
      'IAM (local keys)',
    ]);
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(['Say', 'Rooms', 'Heard']);
    expect(complaints).toEqual([]);
  });

  it('asks nobody but the server for anything', async () => {
    const { page, requests } = await visit();
    await subscribe(page);

    const hosts = new Set(requests.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).host));

    expect([...hosts]).toEqual([new URL(server.origin).host]);
    expect(requests.some((url) => url.startsWith('ws://'))).toBe(true);
  });
});
