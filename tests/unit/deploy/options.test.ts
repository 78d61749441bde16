import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../deploy/options.ts';

describe('the options of npm run deploy, diff and destroy', () => {
  it('are divided among the gate, cdk synth and the other command', () => {
    const options = readOptions('deploy', [
      ...['-c', 'stage=prod', '--context=name=shop', '--profile', 'ops', '--region', 'eu-west-1'],
      ...['--allow', 'replace:A,index:A.b', '--allow=stream:A', '--against', 'old.json'],
      ...['--items', 'items.jsonl'], // part: transfer
      ...['--require-approval', 'never', 'Items', '-o', 'out', '--no-color'],
    ]);

    const place = ['--profile', 'ops', '--region', 'eu-west-1'];
    expect(options).toEqual({
      allow: ['replace:A', 'index:A.b', 'stream:A'],
      against: 'old.json',
      items: 'items.jsonl', // part: transfer
      profile: 'ops',
      region: 'eu-west-1',
      output: 'out',
      context: ['stage=prod', 'name=shop'],
      synth: ['--context', 'stage=prod', '--context', 'name=shop', ...place],
      cdk: [...place, '--require-approval', 'never', 'Items', '--no-color'],
      help: false,
    });
  });

  it('allow nothing and compare with what is deployed, unless told otherwise', () => {
    expect(readOptions('diff', [])).toEqual({
      allow: [],
      output: 'cdk.out',
      context: [],
      synth: [],
      cdk: [],
      help: false,
    });
  });

  it.each([
    [['-cstage=prod'], ['stage=prod']],
    [['-c=stage=prod'], ['stage=prod']],
    [
      ['--stage', 'prod', '--name=shop'],
      ['stage=prod', 'name=shop'],
    ],
  ])('%j sets a stage, and never dev in silence', (args, context) => {
    expect(readOptions('destroy', args)).toMatchObject({ context, cdk: [] });
  });

  it.each(['--help', '-h'])('%s is for this command, not for the CDK', (argument) => {
    expect(readOptions('deploy', [argument])).toMatchObject({ help: true, cdk: [] });
  });

  it.each([[['--against']], [['--allow', '']], [['-c']]])('%j needs a value', (args) => {
    expect(() => readOptions('deploy', args)).toThrow(`${args[0]} needs a value; see --help`);
  });

  it('nobody has are refused together, since the CDK CLI would go on without them', () => {
    expect(() => readOptions('deploy', ['--stge', 'prod', '--profle=ops', '--force', '-x'])).toThrow(
      '--stge: there is no such option. Did you mean --stage?\n' +
        '--profle: there is no such option. Did you mean --profile?\n' +
        '-x: there is no such option. See --help.',
    );
  });

  it('has a word with = for a setting whose option is missing', () => {
    expect(() => readOptions('deploy', ['stage=prod'])).toThrow(
      'stage=prod: not an option; write npm run deploy -- -c stage=prod',
    );
  });

  it.each([['--hotswap'], ['--watch'], ['--hotswap-fallback=true'], ['--method', 'execute-change-set']])(
    '%s %s is refused, since it passes the gate by',
    (...args) => {
      expect(() => readOptions('deploy', args)).toThrow(/would bypass the checks: use npx cdk deploy --\w+/);
    },
  );
});
