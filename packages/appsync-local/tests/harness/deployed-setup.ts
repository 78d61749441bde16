import { deployedTarget } from './deployed-target.ts';
import { required } from './environment.ts';
import { apiKey, iam } from './target.ts';
import { identifyUsers } from './users.ts';

/**
 * Looks at what the environment says before the first test, and says whom the tests will be.
 *
 * @throws Error with everything that is missing or wrong
 */
export async function setup(): Promise<void> {
  const target = deployedTarget(required('API_URL'));
  const [users, ...others] = await Promise.allSettled([
    identifyUsers(target),
    target.headersFor(apiKey, ''),
    target.headersFor(iam, ''),
  ]);
  const problems = [...others, users].flatMap((answer) =>
    answer.status === 'rejected' ? [(answer.reason as Error).message] : [],
  );
  await target.close();
  if (users.status === 'rejected' || problems.length > 0) {
    throw withoutStack(
      `the tests cannot call ${target.name}:\n${problems.join('\n')}\nHow to make users and tokens: docs/contract-suite.md`,
    );
  }
  console.log(`API    ${target.name}\nEvents ${target.realtimeUrl}`);
  for (const [name, { username, sub, groups }] of Object.entries(users.value)) {
    console.log(
      `${name.padEnd(6)} ${username}, sub ${sub}${groups.length > 0 ? `, in ${groups.join(', ')}` : ''}`,
    );
  }
}

/** Where it was thrown says nothing to whoever has to set the variables. */
const withoutStack = (message: string): Error => Object.assign(new Error(message), { stack: '' });
