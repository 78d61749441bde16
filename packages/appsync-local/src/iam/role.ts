import type { RoleModel } from '../template/app-model.ts';
import type { Access, Context, Judge, Refusal } from './access.ts';
import { compilePolicies, concerning, type Policies, type Verdict } from './policies.ts';
import { wildcards } from './wildcards.ts';

/** An action that a policy of the template allows on a resource, as both are written there. */
export interface Grant {
  /** Logical id of the role. */
  role: string;
  action: string;
  resource: string;
  /** Whether a request since the start needed it. */
  used: boolean;
}

/** A role with its policies, ready to be asked. */
export interface Role {
  judge: Judge;
  /** Of the template's own policies. */
  grants(): Grant[];
  /** ARNs of policies whose content is not known here, so that nothing is refused for want of a grant. */
  unread: string[];
}

/** Decisions kept for a role. There are as many as actions on tables and indexes, unless requests name tables that clients make up. */
const KEPT = 1_000;

interface Decision {
  /** Undefined where it depends on the request's condition keys. */
  settled?: Refusal | 'allowed';
  judge(access: Access): Refusal | undefined;
}

/**
 * A session of a role. Each action on each resource is looked up in the policies once (IAM user guide, "Policy evaluation logic").
 * @param session `APPSYNC_ASSUME_ROLE`, or the name of the Lambda function
 */
export function createRole(model: RoleModel, session: string): Role {
  const policies = compilePolicies(model.documents, model.otherPolicies);
  const boundary = model.boundary && compilePolicies(model.boundary.documents, model.boundary.otherPolicies);
  const accountId = model.arn.split(':')[4] ?? '';
  const caller = `arn:aws:sts::${accountId}:assumed-role/${model.name}/${session}`;
  const decisions = new Map<string, Decision>();
  const used = new Map<string, Access>();

  const decide = (access: Access): Decision => {
    const ofPolicies = concerning(policies, access);
    const ofBoundary = boundary ? concerning(boundary, access) : () => 'allowed' as const;
    const judge = ({ context }: Access): Refusal | undefined => {
      const values = contextOf(model.arn, accountId, access.resource, context?.());
      const because =
        reason(ofPolicies(values), access.action, 'identity-based policy') ??
        reason(ofBoundary(values), access.action, 'permissions boundary');
      return because === undefined ? undefined : refusal(caller, access, because);
    };
    const depends = [policies, boundary].some((one) => one && hasConditions(one, access));
    return depends ? { judge } : { settled: judge(access) ?? 'allowed', judge };
  };

  return {
    unread: [...policies.unread, ...(boundary?.unread ?? [])],
    judge(access) {
      const key = `${access.action} ${access.resource}`;
      let decision = decisions.get(key);
      if (!decision) {
        decision = decide(access);
        if (decisions.size < KEPT) {
          decisions.set(key, decision);
          used.set(key, { action: access.action, resource: access.resource });
        }
      }
      const { settled } = decision;
      return settled === undefined ? decision.judge(access) : settled === 'allowed' ? undefined : settled;
    },
    grants: () => grantsOf(model, policies, [...used.values()]),
  };
}

const hasConditions = ({ statements }: Policies, { action, resource }: Access): boolean =>
  statements.some(
    ({ holds, matchesAction, matchesResource }) =>
      holds !== undefined && matchesAction(action) === true && matchesResource(resource) === true,
  );

const EXPLICIT = 'with an explicit deny';

/** IAM's words for each (IAM user guide, "Access denied error message examples"). */
function reason(verdict: Verdict, action: string, policy: string): string | undefined {
  switch (verdict) {
    case 'allowed':
    case 'unknown':
      return undefined;
    case 'denied':
      return `${EXPLICIT} in ${policy.startsWith('i') ? 'an' : 'a'} ${policy}`;
    case 'not-allowed':
      return `because no ${policy} allows the ${action} action`;
  }
}

const refusal = (caller: string, { action, resource }: Access, because: string): Refusal => ({
  access: { action, resource },
  message: `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  isExplicit: because.startsWith(EXPLICIT),
});

/** What every request of the role has (IAM user guide, "AWS global condition context keys"), and what this one has. */
function contextOf(roleArn: string, accountId: string, resource: string, own?: Context): Context {
  const region = resource.split(':')[3];
  return new Map([
    ['aws:principalarn', [roleArn]],
    ['aws:principalaccount', [accountId]],
    ['aws:principaltype', ['AssumedRole']],
    ['aws:securetransport', ['true']],
    ...(region ? [['aws:requestedregion', [region]] as const] : []),
    ...(own ?? []),
  ]);
}

/** Services whose calls are judged here; of other grants nobody can tell whether they are needed. */
const JUDGED = /^(appsync|dynamodb|events|lambda):/;

function grantsOf({ logicalId }: RoleModel, { statements }: Policies, used: Access[]): Grant[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions, resources }) =>
      actions
        .filter((action) => JUDGED.test(action))
        .flatMap((action) =>
          resources
            .filter((resource) => resource !== null)
            .map((resource) => ({ role: logicalId, action, resource, used: isUsed(action, resource, used) })),
        ),
    );
}

function isUsed(action: string, resource: string, used: Access[]): boolean {
  const [onAction, onResource] = [wildcards(action, 'i'), wildcards(resource)];
  return used.some((access) => onAction(access.action) !== false && onResource(access.resource) !== false);
}
