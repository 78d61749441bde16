import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  type ConfirmSignInOutput,
  fetchAuthSession,
  signIn as start,
  type SignInOutput,
} from 'aws-amplify/auth';
import { ConsoleLogger } from 'aws-amplify/utils';
import { DeployFailure } from '../deploy-failure.ts';

/** A user pool and its app client. */
export interface Pool {
  userPoolId: string;
  userPoolClientId: string;
}

export interface Tokens {
  access: string;
  id: string;
}

/** Asks for what Cognito wants besides the password: a new one, or the code of an authenticator. */
export type Ask = (question: string) => Promise<string>;

/**
 * Signs a user in by SRP, in which the password does not leave this machine. Amplify does it: it is the client that front ends have.
 * @throws DeployFailure that says why the user is not let in
 */
export async function signIn(pool: Pool, username: string, password: string, ask: Ask): Promise<Tokens> {
  const { userPoolId, userPoolClientId } = pool;
  const endpoint = endpointInEnvironment();
  ConsoleLogger.LOG_LEVEL = 'ERROR'; // It would warn of an endpoint that was named on purpose.
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        ...(endpoint !== undefined && { userPoolEndpoint: endpoint }),
      },
    },
  });
  try {
    let { nextStep }: SignInOutput | ConfirmSignInOutput = await start({
      username,
      password,
      options: { authFlowType: 'USER_SRP_AUTH' },
    });
    while (nextStep.signInStep !== 'DONE') {
      const challengeResponse = await ask(questionOf(nextStep.signInStep, username));
      ({ nextStep } = await confirmSignIn({ challengeResponse }));
    }
    const { tokens } = await fetchAuthSession();
    return { access: tokens!.accessToken.toString(), id: tokens!.idToken!.toString() };
  } catch (error) {
    if (error instanceof DeployFailure) {
      throw error;
    }
    const { name, message } = error as Error;
    throw new DeployFailure(`${username} cannot sign in: ${message} (${name})`, { cause: error });
  }
}

/** Of the API of Cognito where it is not AWS's, as the AWS SDK finds it; Amplify does not look there. */
const endpointInEnvironment = (): string | undefined =>
  process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] || process.env['AWS_ENDPOINT_URL'] || undefined;

function questionOf(step: string, username: string): string {
  switch (step) {
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return 'New password';
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return 'Code of the authenticator';
    default:
      throw new DeployFailure(
        `${username} cannot sign in here: Cognito asks for ${step}, which this command has no answer to`,
      );
  }
}
