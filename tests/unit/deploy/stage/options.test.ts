import { describe, expect, it } from 'vitest';
import { readStageOptions, stackNameOf } from '../../../../deploy/stage/options.ts';
import { STAGE } from '../../../../infra/stage-settings.ts';

describe('the options of commands about a deployed stage', () => {
  it('name the stack, and have those of the command', () => {
    const { values, positionals, help } = readStageOptions(
      ['add', 'alice', '--stage', 'prod', '--name', 'shop', '--email', 'a@b.c'],
      'email',
    );

    expect({ values, positionals, help }).toEqual({
      values: { stage: 'prod', name: 'shop', email: 'a@b.c' },
      positionals: ['add', 'alice'],
      help: false,
    });
    expect(stackNameOf(values)).toBe('shop-prod');
    expect(stackNameOf({ stage: 'dev' })).toBe('appsync-items-dev');
  });

  it.each([
    [['--satge', 'dev'], "Unknown option '--satge'; see --help"],
    [['--stage', 'production'], `--stage production: use ${STAGE.takes}`],
  ])('%j is refused', (args, message) => {
    expect(() => readStageOptions(args)).toThrow(message);
  });

  it('name the stage: none is guessed', () => {
    expect(() => stackNameOf({})).toThrow('--stage dev or --stage prod is required; see --help');
  });
});
