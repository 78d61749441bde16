import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  type UserPoolClientOptions,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type CallerKind, callerKinds } from '../model/caller.ts';
import { SIGN_IN_SCOPES } from './sign-in-urls.ts';

export interface UsersProps {
  production: boolean;
  /** The domain of the sign-in page begins with it. */
  stackName: string;
  /** Pages that the sign-in page may send users to; without any there is no such page. */
  signInUrls: string[];
}

/** Cognito users of the API, and their groups: those of `model/caller.ts`. */
export class Users extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  /** Of the sign-in page, where there is one. */
  readonly domain: UserPoolDomain | undefined;

  constructor(scope: Construct, id: string, { production, stackName, signInUrls }: UsersProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'UserPool', {
      signInAliases: { username: true, email: true },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: production,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-COG2',
        reason:
          "A second factor is each user's choice (TOTP); whoever wants it of everybody sets Mfa.REQUIRED here.",
      },
      {
        id: 'AwsSolutions::AwsSolutions-COG8',
        reason:
          'The Plus plan is charged for every active user and has no free tier; Essentials has all that the API needs.',
      },
    );
    this.client = this.userPool.addClient('Client', {
      authFlows: { userSrp: true },
      preventUserExistenceErrors: true,
      ...signInBy(signInUrls),
    });
    if (signInUrls.length > 0) {
      // Prefixes are unique in a region, among all accounts.
      const domainPrefix = `${stackName.toLowerCase()}-${Aws.ACCOUNT_ID}`;
      this.domain = this.userPool.addDomain('Domain', { cognitoDomain: { domainPrefix } });
    }
    callerKinds().forEach((kind) => this.addGroup(kind));
  }

  private addGroup({ group, ...rights }: CallerKind): void {
    if (group !== null) {
      new CfnUserPoolGroup(this, `${group[0]!.toUpperCase()}${group.slice(1)}`, {
        userPoolId: this.userPool.userPoolId,
        groupName: group,
        description: describe(rights),
      });
    }
  }
}

/** The sign-in page by codes with PKCE alone, or no sign-in page. */
const signInBy = (urls: string[]): UserPoolClientOptions =>
  urls.length === 0
    ? { disableOAuth: true }
    : {
        oAuth: {
          flows: { authorizationCodeGrant: true },
          scopes: SIGN_IN_SCOPES.map((name) => OAuthScope.custom(name)),
          callbackUrls: urls,
          logoutUrls: urls,
        },
        supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      };

/** For those who assign users to groups. */
function describe({ readsAll, writesAll, writesOwn }: Omit<CallerKind, 'group'>): string {
  if (readsAll && writesAll) {
    return 'May read and write every item.';
  }
  const reads = readsAll ? 'May read every item' : 'May read its own and unowned items';
  return `${reads}, and write ${writesAll ? 'every item' : writesOwn ? 'its own' : 'none'}.`;
}
