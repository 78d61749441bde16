import { expect, test } from 'vitest';
import { wholeWayTable } from '../../../../bench/put-get/whole-way-table.ts';

const round = (cpuPerRequest: number, engine: number, functions: number) => ({
  cpuPerRequest,
  children: { engine, functions },
});
const TOLD = [round(600, 700, 300), round(660, 700, 300), round(630, 700, 300)];
const HOP = [{ cpuPerRequest: 150 }, { cpuPerRequest: 165 }, { cpuPerRequest: 160 }];

test('holds this server against the least that tells its changes, round by round', () => {
  const least = [round(300, 500, 300), round(330, 500, 300), round(315, 500, 300)];

  const [table] = wholeWayTable(TOLD, least, HOP, 16);

  expect(table!.columns).toEqual(['', 'CPU µs', 'minimum', '× minimum']);
  expect(table!.rows.map(([, ...figures]) => figures)).toEqual([
    [630, 315, 2],
    [300, 300, 1],
    [700, 500, 1.4],
    [1630, 1115, expect.closeTo(1.46, 2)],
  ]);
  expect(table!.notes!.join(' ')).toMatch(/takes 2 times one hop.* takes 2 times that/);
});

test('has no such columns where the least was not measured', () => {
  const [table] = wholeWayTable(TOLD, [], HOP, 16);

  expect(table!.columns).toEqual(['', 'CPU µs']);
  expect(table!.notes).toHaveLength(1);
});

test('is not there where the system does not tell what processes took', () => {
  expect(wholeWayTable([{ cpuPerRequest: 600 }], [], HOP, 16)).toEqual([]);
});
