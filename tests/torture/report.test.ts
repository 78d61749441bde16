import { expect, it } from 'vitest';
import { Findings } from './findings.ts';
import { isClean, problemsText, tableText } from './report.ts';

it('is clean where nothing was found, and says what was tried', () => {
  const findings = new Findings();
  findings.count('requests', 1200);
  findings.count('kills');
  const results = [{ name: 'durability', findings }];

  expect(isClean(results)).toBe(true);
  expect(problemsText(results)).toBe('');
  expect(tableText(results)).toMatch(
    /^part +tried +lost +leaked +wrong\ndurability +1,200 requests, 1 kills +0 +0 +0$/,
  );
});

it('counts findings by harm and shows each kind once, with what led to it', () => {
  const findings = new Findings();
  findings.problem('lost', 'item 1 is gone', 'putItem\ngetItem');
  findings.problem('lost', 'item 2 is gone', 'another');
  findings.problem('leaked', 'bob saw "a"');
  const results = [{ name: 'durability', findings }];

  expect(isClean(results)).toBe(false);
  expect(tableText(results)).toMatch(/nothing +2 +1 +0$/);
  expect(problemsText(results)).toBe(
    '✗ durability: lost: item 1 is gone (2 times)\n    putItem\n    getItem\n✗ durability: leaked: bob saw "a"',
  );
});
