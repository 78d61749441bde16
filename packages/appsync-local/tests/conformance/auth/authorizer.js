// The Lambda authorizer of the checks: what it answers is the first word of the token.
const answers = {
  allow: () => ({ isAuthorized: true }),
  deny: () => ({ isAuthorized: false }),
  nonce: () => ({ isAuthorized: true, resolverContext: { nonce: String(Math.random()) } }),
  context: () => ({ isAuthorized: true, resolverContext: { tenant: 't1', count: 3, trusted: true } }),
  echo: (event) => ({ isAuthorized: true, resolverContext: { event: JSON.stringify(event) } }),
  short: () => ({ isAuthorized: true, deniedFields: ['Note.secret', 'Query.byLambda', 'Nothing.here'] }),
  arn: (event) => ({ isAuthorized: true, deniedFields: [arn(event, event.requestContext.apiId)] }),
  foreign: (event) => ({ isAuthorized: true, deniedFields: [arn(event, 'anotherapi0000000000000000')] }),
  mutation: () => ({ isAuthorized: true, deniedFields: ['Mutation.note', 'Subscription.onNote'] }),
  keep: () => ({ isAuthorized: true, ttlOverride: 60, resolverContext: { nonce: String(Math.random()) } }),
  forget: () => ({ isAuthorized: true, ttlOverride: 0, resolverContext: { nonce: String(Math.random()) } }),
  large: () => ({
    isAuthorized: true,
    ttlOverride: 60,
    resolverContext: { nonce: String(Math.random()), filler: 'x'.repeat(1_048_576) },
  }),
  empty: () => ({}),
  nothing: () => null,
  text: () => ({ isAuthorized: 'true' }),
  one: () => ({ isAuthorized: 1 }),
  nested: () => ({ isAuthorized: true, resolverContext: { user: { id: 1 } } }),
  huge: () => ({ isAuthorized: true, resolverContext: { filler: 'x'.repeat(5 * 1024 * 1024) } }),
  connects: ({ requestContext }) => ({
    isAuthorized: requestContext.operationName === 'DeepDish:Connect' && requestContext.queryString === '',
  }),
  starts: ({ requestContext }) => ({ isAuthorized: requestContext.queryString.startsWith('subscription') }),
  throw: () => {
    throw new Error('the secret of the authorizer');
  },
  sleep: () => new Promise((resolve) => setTimeout(() => resolve({ isAuthorized: true }), 4_000)),
};

const arn = ({ requestContext: { accountId } }, apiId) =>
  `arn:aws:appsync:${process.env.AWS_REGION}:${accountId}:apis/${apiId}/types/Note/fields/secret`;

exports.handler = async (event) => {
  const [, word] = /([a-z]+)/.exec(event.authorizationToken) ?? [];
  // A token that is in the form of another mode's is let in, so that it shows who judged it.
  return (answers[word] ?? (() => ({ isAuthorized: true, resolverContext: { word: String(word) } })))(event);
};
