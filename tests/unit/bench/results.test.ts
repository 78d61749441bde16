import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Measured } from '../../../bench/measured.ts';
import { keepSection, sectionsIn } from '../../../bench/results.ts';

const measured = (name: string, at: string) => ({ name, at }) as Measured;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'bench-results-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('has of each section what was measured last, in the order of the page', () => {
  const sections = [
    measured('put-get', '2026-11-28T21:53:44.124Z'),
    measured('start-up', '2026-11-28T10:00:00.000Z'),
    measured('put-get', '2026-11-29T00:30:00.000Z'),
    measured('forgotten', '2026-11-29T00:30:00.000Z'),
  ];

  sections.forEach((section) => keepSection(folder, section));

  expect(sectionsIn(folder, ['start-up', 'put-get', 'growth'])).toStrictEqual([sections[1], sections[2]]);
});

it('moves a replaced result aside, where git does not look', () => {
  keepSection(folder, measured('put-get', '2026-11-28T21:53:44.124Z'));
  keepSection(folder, measured('put-get', '2026-11-29T00:30:00.000Z'));

  expect(readdirSync(folder).sort()).toEqual(['older', 'put-get.json']);
  expect(readdirSync(join(folder, 'older'))).toEqual(['put-get-2026-11-28T215344.124Z.json']);
});
