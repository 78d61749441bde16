/**
 * An Amplify v6 application that signs in, refreshes and signs out by Amplify's own calls: `sign-in.ts ORIGIN POOL CLIENT USER`. It prints what it got as
 * one line of JSON.
 */
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, fetchUserAttributes, getCurrentUser, signIn, signOut } from 'aws-amplify/auth';

const [, , userPoolEndpoint = '', userPoolId = '', userPoolClientId = '', username = ''] = process.argv;

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });

async function jtiOf(forceRefresh = false): Promise<unknown> {
  const { tokens } = await fetchAuthSession({ forceRefresh });
  return tokens?.accessToken.payload['jti'];
}

const { isSignedIn } = await signIn({ username, password: 'any password' });
const user = await getCurrentUser();
const attributes = await fetchUserAttributes();
const first = await jtiOf();
const kept = await jtiOf();
const refreshed = await jtiOf(true);
const { tokens } = await fetchAuthSession();
await signOut({ global: true });
const afterwards = await getCurrentUser().catch(({ name }: Error) => name);
console.log(
  JSON.stringify({
    isSignedIn,
    user: user.username,
    attributes,
    isKept: kept === first,
    isRefreshed: refreshed !== first,
    token: tokens?.accessToken.toString(),
    afterwards,
  }),
);
process.exit(0);
