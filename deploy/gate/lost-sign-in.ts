import type { Loss } from './loss.ts';
import { resourcesOf, type Template } from './template.ts';

/** What would keep users out who sign in today, or no longer protect them: changes of a user pool and of its app clients. */
export const lostSignIn = (before: Template, after: Template): Loss[] => [
  ...shared(before, after, 'AWS::Cognito::UserPool').flatMap(([id, old, now]) => [
    ...lostAttributes(id, old, now),
    ...changedSecondFactor(id, old, now),
  ]),
  ...shared(before, after, 'AWS::Cognito::UserPoolClient').flatMap(([id, old, now]) =>
    lostWays(id, old, now),
  ),
];

type Properties = Readonly<Record<string, unknown>>;

/** The resources of a type that both have. */
function shared(
  before: Template,
  after: Template,
  type: string,
): [id: string, old: Properties, now: Properties][] {
  const now = new Map(resourcesOf(after, type));
  return resourcesOf(before, type).flatMap(([id, { Properties: old = {} }]) => {
    const resource = now.get(id);
    return resource ? [[id, old, resource.Properties ?? {}] as [string, Properties, Properties]] : [];
  });
}

/** "Existing schema attributes cannot be modified or deleted", says Cognito (aws-amplify/amplify-android#2570). */
function lostAttributes(id: string, old: Properties, now: Properties): Loss[] {
  const kept = new Map(attributesOf(now));
  return attributesOf(old)
    .filter(([name, text]) => kept.get(name) !== text)
    .map(([name]) => ({
      name: `attribute:${id}.${name}`,
      what: `The user pool ${id} would ${kept.has(name) ? 'have another attribute' : 'no longer have the attribute'} ${name}: a pool cannot change or remove an attribute, so the deployment would fail and be rolled back.`,
      instead: `Keep ${name} as it is, unused. To use a different attribute, add one with another name.`,
    }));
}

const attributesOf = ({ Schema = [] }: Properties): [name: string, text: string][] =>
  (Schema as { Name: string }[]).map((attribute) => [attribute.Name, JSON.stringify(attribute)]);

const DEMANDED = 'ON';
const NONE = 'OFF';

function changedSecondFactor(id: string, old: Properties, now: Properties): Loss[] {
  const what = lessSafe(old, now);
  return what === undefined
    ? []
    : [
        {
          name: `sign-in:${id}`,
          what: `Users of the pool ${id} ${what}`,
          instead: 'Inform the users and change the front ends first, then allow this.',
        },
      ];
}

/** API reference, SetUserPoolMfaConfig. */
function lessSafe(old: Properties, now: Properties): string | undefined {
  const [was = NONE, is = NONE] = [old['MfaConfiguration'], now['MfaConfiguration']];
  if (was !== is && is === NONE) {
    return 'would no longer be asked for their second factor: a stolen password is enough.';
  }
  if (was !== is && is === DEMANDED) {
    return 'would all need a second factor: a user without one cannot sign in until it is set up, which the front ends must offer (MFA_SETUP).';
  }
  const lost = listOf(old['EnabledMfas']).filter((factor) => !listOf(now['EnabledMfas']).includes(factor));
  return lost.length > 0
    ? `could no longer use ${lost.join(' and ')}, which some may have as their second factor.`
    : undefined;
}

/** Properties of a client whose every entry is a way to sign in, or what an app gets by it. */
const WAYS = [
  'ExplicitAuthFlows',
  'CallbackURLs',
  'LogoutURLs',
  'SupportedIdentityProviders',
  'AllowedOAuthFlows',
  'AllowedOAuthScopes',
];

function lostWays(id: string, old: Properties, now: Properties): Loss[] {
  const lost = WAYS.flatMap((name) =>
    listOf(old[name])
      .filter((each) => !listOf(now[name]).includes(each))
      .map((each) => `${each} of ${name}`),
  );
  return lost.length === 0
    ? []
    : [
        {
          name: `sign-in:${id}`,
          what: `The app client ${id} would lose ${lost.join(', ')}: front ends that use it cannot sign users in or out.`,
          instead: 'Move the front ends first, then allow this.',
        },
      ];
}

/** Entries as text; one may be a reference. */
const listOf = (value: unknown): string[] =>
  [value ?? []].flat().map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
