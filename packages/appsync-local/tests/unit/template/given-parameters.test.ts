import { describe, expect, test } from 'vitest';
import { giveParameters } from '../../../src/template/given-parameters.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { createStacks } from '../../../src/template/stacks.ts';
import { writeAssembly } from './harness/written-assembly.ts';

const PARAMETERS = {
  BootstrapVersion: {
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: '/cdk-bootstrap/hnb659fds/version',
  },
  Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] },
  Zones: { Type: 'CommaDelimitedList' },
  Domain: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/domain' },
};

function assemblyWith(values: Record<string, string>) {
  const assembly = loadAssembly(
    writeAssembly({
      Notes: { template: { Parameters: PARAMETERS, Resources: {} }, parameters: { Stage: 'dev' } },
    }),
  );
  giveParameters(assembly, new Map(Object.entries(values)));
  const [scope] = createStacks(assembly, {}).all();
  return (name: string): unknown => scope!.resolve({ Ref: name }, 'here');
}

describe('--parameter', () => {
  test('takes precedence over the assembly and the default, and has the form of its type', () => {
    const value = assemblyWith({ Stage: 'prod', Zones: 'a, b' });

    expect([value('Stage'), value('Zones')]).toEqual(['prod', ['a', 'b']]);
  });

  test('gives the value itself of a parameter that a deployment would look up', () => {
    expect(assemblyWith({ Domain: 'example.com' })('Domain')).toBe('example.com');
  });

  test('with a name that nothing has is refused, with the names that there are', () => {
    expect(() => assemblyWith({ Stag: 'prod' })).toThrow(
      "--parameter Stag names no parameter of the app; it has 'Stage', 'Zones', 'Domain'",
    );
  });

  test('with a value that is not allowed is refused', () => {
    expect(() => assemblyWith({ Stage: 'test' })).toThrow(
      "--parameter Stage must be one of 'dev', 'prod'; it is 'test'",
    );
  });
});
