import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../deploy/options.ts';

describe('the options of npm run deploy and diff', () => {
  it('are divided among the gate, cdk synth and the other command', () => {
    const options = readOptions([
      ...['-c', 'stage=prod', '--context=name=shop', '--profile', 'ops'],
      ...['--allow', 'replace:A,index:A.b', '--allow=stream:A', '--against', 'old.json'],
      ...['--items', 'items.jsonl'], // part: transfer
      ...['--require-approval', 'never', 'Items', '-o', 'out'],
    ]);

    expect(options).toEqual({
      allow: ['replace:A', 'index:A.b', 'stream:A'],
      against: 'old.json',
      items: 'items.jsonl', // part: transfer
      profile: 'ops',
      output: 'out',
      context: ['stage=prod', 'name=shop'],
      synth: ['--context', 'stage=prod', '--context', 'name=shop', '--profile', 'ops'],
      cdk: ['--profile', 'ops', '--require-approval', 'never', 'Items'],
      help: false,
    });
  });

  it('allow nothing and compare with what is deployed, unless told otherwise', () => {
    expect(readOptions([])).toEqual({
      allow: [],
      output: 'cdk.out',
      context: [],
      synth: [],
      cdk: [],
      help: false,
    });
  });

  it.each(['--help', '-h'])('%s is for this command, not for the CDK', (argument) => {
    expect(readOptions([argument])).toMatchObject({ help: true, cdk: [] });
  });

  it.each([[['--against']], [['--allow', '']], [['-c']]])('%j needs a value', (args) => {
    expect(() => readOptions(args)).toThrow(`${args[0]} needs a value; see --help`);
  });

  it.each(['--hotswap', '--watch', '--hotswap-fallback=true'])(
    '%s is refused, since it passes the gate by',
    (argument) => {
      expect(() => readOptions([argument])).toThrow(/goes past CloudFormation.*npx cdk deploy --\w+/);
    },
  );
});
