import { expect, test } from 'vitest';
import { plotSvg } from '../../../../bench/report/plot.ts';
import type { BarPlot } from '../../../../bench/section.ts';

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
