import { Mistake } from '../mistake.ts';
import { type Context, matching, readSettings, refuseUnknown } from '../settings.ts';
import { KNOWN } from '../stage-settings.ts';

/** Who may deploy into an account, and from where. */
export interface Delivery {
  /** On GitHub: `owner/name`. */
  repository: string;
  /** Its environments, each of which gets a role: `dev`, `prod`. */
  environments: string[];
  /** ARN of GitHub's OpenID Connect provider. Absent: the account has none yet, and gets one. */
  provider?: string;
}

const NAME = /^[\w.-]{1,100}$/;

const SETTINGS = {
  repository: {
    ...matching(/^[\w-]{1,39}\/[\w.-]{1,100}$/, 'owner/name of the repository on GitHub'),
    says: 'the repository whose workflows deploy',
    otherwise: 'required',
  },
  environments: {
    takes: 'names of environments on GitHub, separated by commas: letters, digits, dots, hyphens',
    parse: (text: string) => (text.split(',').every((name) => NAME.test(name)) ? text : undefined),
    says: 'the environments that may deploy into this account',
    otherwise: '`dev`',
  },
  provider: {
    ...matching(
      /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "the ARN of GitHub's provider, arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com",
    ),
    says: "GitHub's provider, where the account has one",
    otherwise: 'one is created',
  },
};

/**
 * Reads who may deploy from the CDK context.
 * @throws Mistake for a missing repository, and for each key or value that is wrong
 */
export function readDelivery(node: Context & { getAllContext(): unknown }): Delivery {
  refuseUnknown(node.getAllContext() as Record<string, unknown>, { ...SETTINGS, ...KNOWN });
  const { repository, environments = 'dev', provider } = readSettings(node, SETTINGS);
  if (repository === undefined) {
    throw new Mistake('-c repository=owner/name is required: the repository whose workflows deploy');
  }
  const names = [...new Set(environments.split(','))];
  return { repository, environments: names, ...(provider !== undefined && { provider }) };
}
