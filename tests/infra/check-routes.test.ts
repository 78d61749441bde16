import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { readApiSchema } from '../../infra/api-schema.ts';
import { checkRoutes } from '../../infra/check-routes.ts';
import { Mistake } from '../../infra/mistake.ts';
import { bundleResolvers } from '../../infra/resolver-bundles.ts';
import { type Route, routeOf, routes } from '../../infra/routes.ts';

const schema = buildSchema(`
  type Query { getTask: String }
  type Mutation { putTask: String }
  type Subscription { onPutTask: String }
`);
const files = [
  'Query.getTask',
  'Mutation.putTask',
  'Subscription.onPutTask',
  'pipeline/put-task',
  'pipeline/log-task',
];
const pipeline: Record<string, Route> = { 'Mutation.putTask': { pipeline: ['put-task', 'log-task'] } };

const without = (file: string): string[] => files.filter((one) => one !== file);

function refusal(names: string[], table = pipeline): string {
  try {
    checkRoutes(schema, names, table);
  } catch (error) {
    if (error instanceof Mistake) {
      return error.message.replace('The schema and its resolvers disagree:\n', '');
    }
    throw error;
  }
  return 'none';
}

test('passes what fits together', () => {
  expect(refusal(files)).toBe('none');
});

test('passes the schema, resolvers and routes of this project', () => {
  expect(() => checkRoutes(readApiSchema(), bundleResolvers().keys(), routes)).not.toThrow();
});

test('names a pipeline that is longer than AppSync takes', () => {
  const long = (count: number) => ({
    'Mutation.putTask': { pipeline: Array<string>(count).fill('put-task') },
  });

  expect(refusal(without('pipeline/log-task'), long(10))).toBe('none');
  expect(refusal(without('pipeline/log-task'), long(11))).toBe(
    '- infra/routes.ts gives Mutation.putTask 11 steps; AppSync takes 10: combine two steps into one',
  );
});

test('names a subscription without a file, whose subscribers would get the items of others', () => {
  expect(refusal(without('Subscription.onPutTask'))).toBe(
    '- Subscription.onPutTask is in schema/schema.graphql and has no resolver: add resolvers/Subscription.onPutTask.ts',
  );
});

test('names a field without a file', () => {
  expect(refusal(without('Query.getTask'))).toBe(
    '- Query.getTask is in schema/schema.graphql and has no resolver: add resolvers/Query.getTask.ts',
  );
});

test('names a file without a field', () => {
  expect(refusal([...files, 'Query.getTasks'])).toBe(
    '- resolvers/Query.getTasks.ts matches no field of schema/schema.graphql: rename or delete it',
  );
});

test('names a route without a file', () => {
  expect(refusal(files, { ...pipeline, 'Query.getTasks': { dataSource: 'None' } })).toBe(
    '- infra/routes.ts names Query.getTasks, which has no resolvers/Query.getTasks.ts',
  );
});

test('names a step without a file', () => {
  expect(refusal(without('pipeline/log-task'))).toBe(
    '- infra/routes.ts names the step log-task, which has no resolvers/pipeline/log-task.ts',
  );
});

test('names a step that no pipeline has', () => {
  expect(refusal([...files, 'pipeline/check-task'])).toBe(
    '- resolvers/pipeline/check-task.ts is a step of no pipeline in infra/routes.ts',
  );
});

test('lists everything at once', () => {
  const problems = refusal(['Query.getTasks', 'pipeline/put-task', 'pipeline/log-task']);

  expect(problems.split('\n')).toHaveLength(5);
});

test('a subscription without a row reads nothing; other fields read items', () => {
  expect(routeOf('Subscription.onPutTask')).toEqual({ dataSource: 'None' });
  expect(routeOf('Query.getTask')).toEqual({ dataSource: 'Items' });
});
