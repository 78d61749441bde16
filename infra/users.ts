import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type CallerKind, callerKinds } from '../model/caller.ts';

/** Cognito users of the API, and their groups: those of `model/caller.ts`. */
export class Users extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { production }: { production: boolean }) {
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
      // OAuth needs a domain for the hosted sign-in pages, which this pool lacks.
      disableOAuth: true,
      preventUserExistenceErrors: true,
    });
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

/** For those who assign users to groups. */
function describe({ readsAll, writesAll, writesOwn }: Omit<CallerKind, 'group'>): string {
  if (readsAll && writesAll) {
    return 'May read and write every item.';
  }
  const reads = readsAll ? 'May read every item' : 'May read items of its own and of nobody';
  return `${reads}, and write ${writesAll ? 'every item' : writesOwn ? 'its own' : 'none'}.`;
}
