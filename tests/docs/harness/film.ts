import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../../packages/appsync-local/tests/clients/browser/chromium.ts';

/** Takes the pictures of a page of the documentation, one after the other. */
export interface Film {
  /** Takes one of them, once. @param scene from 1 */
  take(scene: number): Promise<void>;
  close(): Promise<void>;
}

interface Scene {
  name: string;
  /** Where it is in the console. */
  hash: string;
  /** Brings the page there. */
  play(page: Page): Promise<void>;
}

const SCENES: Scene[] = [
  {
    name: '1-query',
    hash: '',
    async play(page) {
      await page.locator('.graphiql-execute-button').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.locator('.result-window', { hasText: '"putItem"' }).waitFor();
    },
  },
  {
    name: '2-request',
    hash: '#requests',
    async play(page) {
      await page.getByRole('row').filter({ hasText: '1 error' }).first().click();
      await page.getByRole('region', { name: 'Values of the step' }).waitFor();
    },
  },
  {
    name: '3-log',
    hash: '#functions/log',
    async play(page) {
      await page.getByText('"looked for"').first().waitFor();
    },
  },
  {
    name: '4-mistake',
    hash: '',
    async play(page) {
      await page.getByText(/AppSync would refuse the code of/).waitFor();
      await page.locator('.graphiql-execute-button').waitFor();
    },
  },
  {
    name: '5-data',
    hash: '#data',
    async play(page) {
      await page.getByRole('button', { name: 'desk-1', exact: true }).click();
      const text = page.getByRole('textbox', { name: 'Item as JSON' });
      await text.fill((await text.inputValue()).replace('"width": 120', '"width": 140'));
      await page.getByRole('button', { name: 'Review changes' }).click();
      await page.getByRole('button', { name: 'Write the changes' }).waitFor();
    },
  },
];

/** @param folder where the pictures go */
export async function openFilm(origin: string, folder: string): Promise<Film> {
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  const page = await context.newPage();
  const taken = new Set<number>();
  return {
    async take(number) {
      const scene = SCENES[number - 1]!;
      if (!taken.has(number)) {
        taken.add(number);
        await page.goto('about:blank');
        await page.goto(`${origin}/${scene.hash}`);
        await scene.play(page);
        const picture = await page.screenshot();
        writeFileSync(join(folder, `${scene.name}.webp`), await asWebp(page, picture));
      }
    },
    close: () => browser.close(),
  };
}

/** A fifth of the bytes: the browser itself makes WebP. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
  await page.goto('about:blank');
  const url = await page.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.85);
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
