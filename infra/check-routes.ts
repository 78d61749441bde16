import type { GraphQLSchema } from 'graphql';
import { SCHEMA } from './api-schema.ts';
import { Mistake } from './mistake.ts';
import type { Route } from './routes.ts';

const PIPELINE = 'pipeline/';

/** AppSync functions in a pipeline (AWS General Reference, AppSync quotas). */
const MAX_STEPS = 10;

/**
 * Compares the schema, the resolver files and the routes.
 * @param files names relative to `resolvers/`, without `.ts`: `Mutation.putItem`, `pipeline/put-item`
 * @throws Mistake that lists every field without its file, every file or route that matches nothing, and pipelines that are too long
 */
export function checkRoutes(
  schema: GraphQLSchema,
  files: Iterable<string>,
  routes: Record<string, Route>,
): void {
  const names = new Set(files);
  const problems = [...checkFields(rootFields(schema), names), ...checkSteps(routes, names)];
  problems.push(
    ...Object.keys(routes)
      .filter((field) => !names.has(field))
      .map((field) => `infra/routes.ts names ${field}, which has no resolvers/${field}.ts`),
  );
  if (problems.length > 0) {
    throw new Mistake(`The schema and its resolvers disagree:\n- ${problems.join('\n- ')}`);
  }
}

/** AppSync takes a subscription without a resolver, and then every subscriber gets others' items, too. */
function checkFields(fields: string[], names: Set<string>): string[] {
  const missing = fields.filter((field) => !names.has(field));
  const stray = [...names].filter((name) => !name.startsWith(PIPELINE) && !fields.includes(name));
  return [
    ...missing.map((field) => `${field} is in ${SCHEMA} and has no resolver: add resolvers/${field}.ts`),
    ...stray.map((file) => `resolvers/${file}.ts matches no field of ${SCHEMA}: rename or delete it`),
  ];
}

function checkSteps(routes: Record<string, Route>, names: Set<string>): string[] {
  const used = new Set(
    Object.values(routes)
      .flatMap((route) => ('pipeline' in route ? route.pipeline : []))
      .map((step) => `${PIPELINE}${step}`),
  );
  const long = Object.entries(routes).flatMap(([field, route]) =>
    'pipeline' in route && route.pipeline.length > MAX_STEPS ? [[field, route.pipeline.length] as const] : [],
  );
  const unknown = [...used].filter((step) => !names.has(step));
  const unused = [...names].filter((name) => name.startsWith(PIPELINE) && !used.has(name));
  return [
    ...long.map(
      ([field, count]) =>
        `infra/routes.ts gives ${field} ${count} steps; AppSync takes ${MAX_STEPS}: combine two steps into one`,
    ),
    ...unknown.map(
      (step) =>
        `infra/routes.ts names the step ${step.slice(PIPELINE.length)}, which has no resolvers/${step}.ts`,
    ),
    ...unused.map((name) => `resolvers/${name}.ts is a step of no pipeline in infra/routes.ts`),
  ];
}

function rootFields(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
}
