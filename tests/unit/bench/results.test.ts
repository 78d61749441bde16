import { expect, it } from 'vitest';
import { type Measured, newestSections } from '../../../bench/results.ts';

const measured = (name: string, at: string) => ({ name, at }) as Measured;

it('has of each section what was measured last, in the order of the page', () => {
  const sections = [
    measured('start-up', '2026-11-28T10:00:00.000Z'),
    measured('put-get', '2026-11-29T00:30:00.000Z'),
    measured('put-get', '2026-11-28T21:53:44.124Z'),
    measured('forgotten', '2026-11-29T00:30:00.000Z'),
  ];

  expect(newestSections(sections, ['put-get', 'start-up', 'growth'])).toStrictEqual([
    sections[1],
    sections[0],
  ]);
});
