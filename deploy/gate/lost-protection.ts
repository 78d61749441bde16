import type { Loss } from './loss.ts';
import { isOn } from './table.ts';
import type { Resource, Template } from './template.ts';

/** What would no longer be protected: against deletion by hand, or against going away with the stack or with an edit. */
export function lostProtection(before: Template, after: Template): Loss[] {
  return Object.entries(before.Resources).flatMap(([id, old]) => {
    const now = after.Resources[id];
    const lost = now?.Type === old.Type ? PROTECTIONS.filter(({ has }) => has(old) && !has(now)) : [];
    return lost.length > 0
      ? [
          {
            name: `protection:${id}`,
            what: `${id} (${old.Type}) would lose ${lost.map(({ called }) => called).join(' and ')}.`,
            instead:
              'Check that -c stage names the stage that you mean. To remove it on purpose, allow this, and remove it in a second deployment.',
          },
        ]
      : [];
  });
}

/** The CDK CLI turns termination protection off where the app no longer asks for it. */
export const unprotectedStack = (stackName: string): Loss => ({
  name: `protection:${stackName}`,
  what: `The stack ${stackName} would lose its termination protection: from then on one command deletes it.`,
  instead:
    'Put terminationProtection back (infra/items-stack.ts), or allow this to delete the stack afterwards.',
});

interface Protection {
  called: string;
  has: (resource: Resource) => boolean;
}

const stays = (policy: string | undefined): boolean => policy?.startsWith('Retain') ?? false;

const PROTECTIONS: readonly Protection[] = [
  { called: 'its DeletionPolicy Retain', has: ({ DeletionPolicy }) => stays(DeletionPolicy) },
  { called: 'its UpdateReplacePolicy Retain', has: ({ UpdateReplacePolicy }) => stays(UpdateReplacePolicy) },
  { called: 'its deletion protection', has: ({ Properties = {} }) => isProtected(Properties) },
];

function isProtected(properties: Record<string, unknown>): boolean {
  const { DeletionProtection, DeletionProtectionEnabled, Replicas } = properties as {
    DeletionProtection?: string;
    DeletionProtectionEnabled?: unknown;
    Replicas?: Record<string, unknown>[];
  };
  return (
    DeletionProtection === 'ACTIVE' ||
    isOn(DeletionProtectionEnabled) ||
    (Replicas?.some(isProtected) ?? false)
  );
}
