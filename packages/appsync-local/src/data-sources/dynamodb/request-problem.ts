/**
 * A request handler returned an invalid request: the field fails with errorType `MappingTemplate`
 * (docs/facts/resolvers.md#bad-request-missing).
 */
export class RequestProblem extends Error {
  override name = 'RequestProblem';
}

/** Observed on AWS (docs/facts/resolvers.md#bad-request-missing). */
export const notFound = (path: string): RequestProblem =>
  new RequestProblem(`Value for field '${path}' not found.`);

/** Observed on AWS (docs/facts/resolvers.md#bad-request-unknown). */
export const unsupported = (path: string): RequestProblem =>
  new RequestProblem(`Unsupported element '${path}'.`);

/** AWS names the path too; its exact wording is unknown (docs/facts/resolvers.md#bad-request-type). */
export const wrongType = (path: string, expected: string, value: unknown): RequestProblem =>
  new RequestProblem(`Value for field '${path}' must be ${expected}, got ${describe(value)}.`);

function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'an array';
  }
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)}`;
}
