import { expect, test } from 'vitest';
import type { Measured, Results } from '../../../../bench/measured.ts';
import { benchmarksPage } from '../../../../bench/report/markdown.ts';
import type { BarPlot, SectionResult } from '../../../../bench/section.ts';

const bars: BarPlot = {
  kind: 'bars',
  file: 'put-item',
  title: 'put & get',
  unit: 'µs',
  bars: [
    { label: 'limit', value: 20 },
    { label: 'ours', value: 200, ours: true },
    { label: 'peer', value: 2000 },
  ],
};

test('the page says where and when, what was not met and what was not measured', () => {
  const result: SectionResult = {
    tables: [
      {
        title: 'A table',
        columns: ['', 'CPU µs'],
        rows: [
          ['a | b', 1234.5],
          ['c', NaN],
        ],
        notes: ['A note.'],
      },
    ],
    targets: [{ name: 'over the limit', ratio: 2, atMost: 1.6 }],
    plots: [bars],
    skipped: ['a peer: it is gone.'],
    samples: null,
  };
  const measured: Measured = {
    name: 'put-get',
    title: 'Put and get',
    at: '2026-11-28T15:00:00.000Z',
    commit: 'abc1234',
    node: 'v20.20.2',
    machine: { cpu: 'A processor', cores: 2, memoryGiB: 8, system: 'Linux' },
    load: { before: 0.1, after: 2 },
    result,
  };

  // As it comes out of the results' file.
  const page = benchmarksPage(JSON.parse(JSON.stringify({ sections: [measured] })) as Results);

  expect(page).toContain(
    'Measured 2026-11-28 at commit abc1234 with Node.js v20.20.2 on 2 cores of A processor',
  );
  expect(page).toContain('| over the limit |        2 | at most 1.6 | **not met** |');
  expect(page).toContain('| a \\| b |  1,230 |');
  expect(page).toContain('| c      |      – |');
  expect(page).toContain('![put & get](benchmarks/put-item.svg)');
  expect(page).toContain('- a peer: it is gone.');
});
