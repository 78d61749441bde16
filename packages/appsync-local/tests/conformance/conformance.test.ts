import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from './areas.ts';
import type { Check } from './check.ts';
import { dataSources } from './data-sources/area.ts';
import { evaluateCode, unit } from './evaluate/evaluate-code.ts';
import { fidelityPages, tally } from './report.ts';
import { openArea, type OpenArea } from './run-area.ts';

describe.each(areas)('$title', (area) => {
  let open: OpenArea;
  beforeAll(async () => {
    open = await openArea(area);
  });
  afterAll(() => open?.close());

  it.each(area.checks.map((check) => [check.id, check.promise, check] as const))(
    '%s %s',
    async (_id, _promise, check) => {
      const { verdict, reason } = await open.run(check);

      expect({ verdict, reason: verdict === 'unlike' ? undefined : reason }).toEqual({
        verdict: check.unlike ? 'unlike' : 'passes',
        reason: undefined,
      });
    },
  );
});

describe('a run of plain JavaScript', () => {
  let open: OpenArea;
  beforeAll(async () => {
    open = await openArea(dataSources, undefined, 'plain');
  });
  afterAll(() => open?.close());

  const ours: Omit<Check, 'run'> = { id: '', promise: '', source: '', evidence: 'chosen' };

  it('leaves out what AppSync was seen to do otherwise', async () => {
    const differences = dataSources.checks.filter(({ javascript }) => javascript === 'appsync');

    const verdicts = await Promise.all(differences.map(async (check) => (await open.run(check)).verdict));

    expect(new Set(verdicts)).toEqual(new Set(['skipped']));
  });

  it('runs resolvers and EvaluateCode in plain JavaScript', async () => {
    const plain: Check = {
      ...ours,
      async run(api) {
        const { evaluationResult } = await evaluateCode(api, unit('  return undefined === null;'));

        assert.equal(evaluationResult, 'false');
        assert.deepEqual(await api.succeed('{ early(how: "null") }'), { early: null });
      },
    };

    expect(await open.run(plain)).toEqual({ check: plain, verdict: 'passes' });
  });
});

describe('the checks', () => {
  const checks = areas.flatMap(({ checks }) => checks);

  it('have ids of their own, of their area and in order', () => {
    for (const area of areas) {
      const ids = area.checks.map(({ id }) => id);

      expect(ids).toEqual(ids.filter((id) => new RegExp(`^${area.prefix}-\\d{3}$`).test(id)));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('promise something, each another thing, and name a source', () => {
    expect(checks.filter(({ promise, source }) => promise.trim() === '' || source.trim() === '')).toEqual([]);
    expect(
      new Set(areas.flatMap((area) => area.checks.map(({ promise }) => `${area.name} ${promise}`))).size,
    ).toBe(checks.length);
  });

  it.each([...fidelityPages(areas)])(
    'are what docs/%s says; else run npm run conformance -- --write',
    (file, text) => {
      const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

      expect(page).toBe(text);
    },
  );

  it('are each on one page', () => {
    const text = [...fidelityPages(areas).values()].join('\n');

    expect(
      checks
        .filter(({ id, unlike }) => text.split(`\n| ${id} |`).length !== 2 && !unlike)
        .map(({ id }) => id),
    ).toEqual([]);
  });

  it('are counted in the README', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    const { total, likeAws, inferred, chosen, unlike } = tally(checks);
    const counts = [total, likeAws, inferred, chosen, unlike].map((count) => count.toLocaleString('en'));

    expect(readme).toContain(`**${counts[0]} numbered checks**`);
    expect(readme).toMatch(new RegExp(`^\\| ${counts.join(' *\\| ')} *\\|$`, 'm'));
  });
});
