import { describe, expect, test } from 'vitest';
import { median, quantile, ratioOf, spread } from '../../../bench/harness/statistics.ts';
import type { Measured, Results } from '../../../bench/measured.ts';
import { parseBenchOptions } from '../../../bench/options.ts';
import { benchmarksPage } from '../../../bench/report/markdown.ts';
import { numberText } from '../../../bench/report/number.ts';
import { plotSvg } from '../../../bench/report/plot.ts';
import { isMet } from '../../../bench/report/target.ts';
import type { BarPlot, Section, SectionResult } from '../../../bench/section.ts';

describe('statistics', () => {
  test('the median of an even number is between the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20], 0.25)).toBe(12.5);
  });

  test('a ratio is that of the same round, so a machine that slows down slows both', () => {
    expect(ratioOf([2, 20, 200], [1, 10, 100])).toBe(2);
    expect(median([2, 20, 200]) / median([1, 10, 100])).toBe(2);
    expect(ratioOf([2, 200, 20], [1, 100, 5])).toBe(2);
  });

  test('a spread is a share of the median', () => {
    expect(spread([90, 100, 110, 100, 100])).toBe(0);
    expect(spread([50, 100, 150])).toBe(0.5);
  });
});

test.each([
  [1320, '1,320'],
  [24.7123, '24.7'],
  [0.8512, '0.851'],
  [0, '0'],
  [NaN, '–'],
])('%d is written with three digits', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [{ ratio: 1.6, atMost: 1.6 }, true],
  [{ ratio: 1.61, atMost: 1.6 }, false],
  [{ ratio: 4, atLeast: 4 }, true],
  [{ ratio: 3.99, atLeast: 4 }, false],
  [{ ratio: NaN, atMost: 1.6 }, false],
])('%j is met: %s', (target, met) => {
  expect(isMet({ name: 'a ratio', ...target })).toBe(met);
});

describe('options', () => {
  const section = (name: string, more: Partial<Section> = {}): Section => ({
    name,
    title: name,
    run: () => Promise.reject(new Error('not here')),
    ...more,
  });
  const sections = [section('put-get'), section('growth', { slow: true })];
  const chosen = (...args: string[]): string[] =>
    parseBenchOptions(args, sections)!.sections.map(({ name }) => name);

  test('choose sections; a quick run has the slow ones only if they are named', () => {
    expect(chosen()).toEqual(['put-get', 'growth']);
    expect(chosen('--quick')).toEqual(['put-get']);
    expect(chosen('--quick', '--only', 'growth, put-get')).toEqual(['put-get', 'growth']);
  });

  test('name what is there where a section is not', () => {
    expect(() => chosen('--only', 'speed')).toThrow(
      '--only names no section "speed"; choose from put-get, growth',
    );
  });

  test('name what is wrong with an option in one line', () => {
    expect(() => chosen('--fast')).toThrow(/^Unknown option '--fast'[^\n]*; see npm run bench -- --help$/);
    expect(() => chosen('--quick=3')).toThrow(/^Option '--quick' [^\n]*; see npm run bench -- --help$/);
  });
});

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

// A log scale hid a factor of 1.8 between the first two bars of putItem.
test('a bar is as long as its value', () => {
  const widths = [...plotSvg(bars).matchAll(/<rect class="bar[^>]* width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );

  expect(widths).toHaveLength(3);
  expect(widths[1]! / widths[0]!).toBeCloseTo(10, 0);
  expect(widths[2]! / widths[1]!).toBeCloseTo(10, 0);
  expect(plotSvg(bars)).toContain('put &amp; get');
  expect(plotSvg(bars)).toContain('limit: 20; ours: 200; peer: 2,000');
});

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
