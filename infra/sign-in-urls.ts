import { Mistake } from './mistake.ts';

/** What an app may ask for at the sign-in page (OpenID Connect Core 1.0, 5.4). */
export const SIGN_IN_SCOPES = ['openid', 'email', 'profile'];

/** The characters of a domain prefix (CloudFormation, AWS::Cognito::UserPoolDomain); 13 more are for a hyphen and the account. */
const MOST_STACK_NAME = 63 - 13;
/** Words that a domain prefix must not have (Cognito developer guide, "Using an Amazon Cognito domain"). */
const RESERVED = /aws|amazon|cognito/i;

/**
 * Where the sign-in page may send users, from `-c signInUrls=https://app.example/,http://localhost:5173/`.
 *
 * @param text undefined for a stage without a sign-in page
 * @throws Mistake for what Cognito would refuse, and for `http://localhost` in production
 */
export function signInUrls(text: unknown, stackName: string, production: boolean): string[] {
  if (text === undefined) {
    return [];
  }
  const urls = String(text).split(',');
  const bad = urls.find((url) => !isSignInUrl(url, production));
  if (bad !== undefined) {
    throw new Mistake(
      `-c signInUrls: "${bad}" must be an https:// URL without a fragment${production ? '' : ', or one of http://localhost'}`,
    );
  }
  if (stackName.length > MOST_STACK_NAME || RESERVED.test(stackName)) {
    throw new Mistake(
      `-c signInUrls: the sign-in page's domain begins with the stack name ${stackName}, which must have at most ${MOST_STACK_NAME} characters and none of aws, amazon, cognito; pass -c name=…`,
    );
  }
  return urls;
}

/** Cognito takes plain HTTP for `localhost` alone (Cognito API reference, CallbackURLs); another program of a user's machine could listen there. */
function isSignInUrl(text: string, production: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSecure = url?.protocol === 'https:' && url.username === '';
  const isLocal = !production && url?.protocol === 'http:' && url.hostname === 'localhost';
  return (isSecure || isLocal) && !text.includes('#') && !/[\s*]/.test(text);
}
