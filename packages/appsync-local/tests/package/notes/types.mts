import { CodeRefused, evaluate, type GraphQLResult, type Server, start } from 'appsync-local';

const server: Server = await start({ app: 'cdk.out', memory: true, port: 0 });
const { data, errors }: GraphQLResult<{ count: number }> = await server.graphql<{ count: number }>(
  '{ count }',
);
const count: number | undefined = data?.count;
await server.graphql('{ count }', {}, { as: 'iam' });
await server.graphql('{ count }', {}, { as: { user: 'alice', groups: ['admins'] } });
const token: string = await server.token({ user: 'alice' });
// @ts-expect-error a user is named
await server.token({ groups: [] });
// @ts-expect-error there is no such option
await start({ application: 'cdk.out' });

const { result, error } = await evaluate<{ operation: string }>({
  code: '',
  function: 'request',
  context: {},
});
const operation: string = result.operation;
// @ts-expect-error code or file
await evaluate({ context: {} });
// @ts-expect-error AppSync reads arguments
await evaluate({ file: 'a.js', context: { args: {} } });
try {
  await evaluate({ file: 'a.js' });
} catch (thrown) {
  if (thrown instanceof CodeRefused) {
    const line: number | undefined = thrown.problems[0]?.line;
    console.log(line);
  }
}
console.log(count, errors?.[0]?.errorType, token, operation, error?.message);
