import { isRecord } from '../ground/record.ts';
import type { Assembly, Stack } from './assembly.ts';
import type { IdentityOptions } from './identity/identity.ts';
import { OnlyOnAws } from './intrinsics.ts';
import { quoted } from './json.ts';
import { StackScope } from './scope.ts';
import type { OtherStacks, Scope } from './scope.types.ts';

/** All stacks of an assembly, with access to each other. */
export interface Stacks {
  /** One scope per stack, nested stacks after their parents; absent nested stacks are left out. */
  all(): Scope[];
  /** The scope of a top-level stack, and of the stacks nested in it. */
  within(stack: Stack): Scope[];
  /** The stack that exports a name, if any. */
  exporter(name: string): Stack | undefined;
}

export function createStacks(assembly: Assembly, options: IdentityOptions): Stacks {
  const scopes = new Map<Stack, Scope>();
  let exportedValues: Map<string, Exported> | undefined;

  const scopeOf = (stack: Stack): Scope => {
    const scope = scopes.get(stack) ?? new StackScope(stack, others);
    scopes.set(stack, scope);
    return scope;
  };

  const within = (stack: Stack): Scope[] => {
    const scope = scopeOf(stack);
    const nested = [...stack.nested].filter(([logicalId]) => scope.isPresent(logicalId));
    return [scope, ...nested.flatMap(([, child]) => within(child))];
  };

  const all = (): Scope[] => assembly.stacks.flatMap(within);

  const exportsByName = (): Map<string, Exported> => (exportedValues ??= collectExports(all()));

  const others: OtherStacks = {
    options,
    invented: new Set(),
    scopeOf,
    exported: (name) => {
      const found = exportsByName().get(name);
      if (found === undefined) {
        throw new OnlyOnAws(
          `no stack of the assembly exports '${name}'; there is ${quoted(exportsByName().keys())}`,
        );
      }
      return found.scope.output(found.output);
    },
    stackOutput: (stackName, output) => {
      const scope = all().find(({ stack }) => stack.name === stackName);
      if (scope === undefined) {
        throw new OnlyOnAws(`the assembly has no stack '${stackName}'`);
      }
      return scope.output(output);
    },
    ssmParameter: (name) => {
      for (const scope of all()) {
        const value = ssmValue(scope, name);
        if (value !== undefined) {
          return value;
        }
      }
      throw new OnlyOnAws(`no AWS::SSM::Parameter of the assembly has the name '${name}'`);
    },
  };

  return { all, within, exporter: (name) => exportsByName().get(name)?.scope.stack };
}

interface Exported {
  scope: Scope;
  output: string;
}

function collectExports(scopes: Scope[]): Map<string, Exported> {
  const exported = new Map<string, Exported>();
  for (const scope of scopes) {
    for (const [output, definition] of Object.entries(scope.stack.template.Outputs)) {
      if (!isRecord(definition.Export) || !scope.holds(definition.Condition, `output ${output}`)) {
        continue;
      }
      exported.set(String(scope.resolve(definition.Export.Name, `output ${output}`)), { scope, output });
    }
  }
  return exported;
}

function ssmValue(scope: Scope, name: string): unknown {
  for (const [logicalId, { Type: type, Properties: properties }] of Object.entries(
    scope.stack.template.Resources,
  )) {
    if (type !== 'AWS::SSM::Parameter' || properties?.['Name'] === undefined) {
      continue;
    }
    if (scope.resolve(properties['Name'], `resource ${logicalId}`) !== name) {
      continue;
    }
    return scope.resolve(properties['Value'], `resource ${logicalId}`);
  }
  return undefined;
}
