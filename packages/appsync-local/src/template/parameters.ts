import type { Stack } from './assembly.ts';
import { OnlyOnAws, Unresolvable } from './intrinsics.ts';
import type { OtherStacks } from './scope.types.ts';

/**
 * The value of a template parameter: from the parent stack of a nested stack, else from `--parameter`, else from the assembly,
 * else its default. Lists (`CommaDelimitedList`, `List<…>`) are arrays, SSM parameters their values. For an SSM parameter,
 * `--parameter` gives the value itself, since nothing here keeps it under the name that a deployment would pass.
 * @throws Unresolvable without a value
 */
export function parameterValue(name: string, stack: Stack, others: OtherStacks): unknown {
  const { Type: type = 'String', Default: byDefault } = stack.template.Parameters[name]!;
  const given = stack.given?.[name];
  if (given !== undefined) {
    return typed(type, given);
  }
  const value = passedByParent(name, stack, others) ?? stack.parameters[name] ?? byDefault;
  if (value === undefined) {
    throw new Unresolvable(
      `parameter ${name} has no value; pass --parameter ${name}=VALUE, or give it a Default`,
    );
  }
  return type.startsWith('AWS::SSM::Parameter::Value')
    ? typed(type, ssmValue(name, String(value), others))
    : typed(type, value);
}

function ssmValue(name: string, parameter: string, others: OtherStacks): unknown {
  try {
    return others.ssmParameter(parameter);
  } catch (error) {
    throw error instanceof OnlyOnAws
      ? new OnlyOnAws(`${error.message}; pass --parameter ${name}=VALUE`)
      : error;
  }
}

function passedByParent(name: string, stack: Stack, others: OtherStacks): unknown {
  if (stack.parent === undefined) {
    return undefined;
  }
  const { stack: parent, logicalId } = stack.parent;
  const passed = parent.template.Resources[logicalId]?.Properties?.['Parameters'] as
    | Record<string, unknown>
    | undefined;
  return others.scopeOf(parent).resolve(passed?.[name], `resource ${logicalId}`);
}

function typed(type: string, value: unknown): unknown {
  const isList = type.includes('CommaDelimitedList') || type.includes('List<');
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}
