import { describe, expect, it } from 'vitest';
import { bundleResolvers } from '../../../../infra/resolver-bundles.ts';
import { routeOf, sourceOfStep } from '../../../../infra/routes.ts';
import { evaluate } from '../harness/evaluate.ts';

/*
 * What each resolver and each step of a pipeline makes of a failure of its data source, whichever there are.
 */

/** The data source that it asks; `None` where it asks none: a resolver of a pipeline leaves that to the steps. */
function sourceOf(name: string): string {
  const [, step] = /^pipeline\/(.*)$/.exec(name) ?? [];
  if (step !== undefined) {
    return sourceOfStep(step);
  }
  const route = routeOf(name);
  return 'pipeline' in route ? 'None' : route.dataSource;
}

const asking = [...bundleResolvers().keys()].filter((name) => sourceOf(name) !== 'None');

const failed = (name: string, type: string) =>
  evaluate(name, { arguments: { input: {} }, error: { type, message: 'the cause' } }, 'response');

describe.each(asking)('%s', (name) => {
  it('raises a failure, and logs the cause without telling it', () => {
    const { error, result, logs, outErrors } = failed(name, 'DynamoDB:AmazonDynamoDBException');

    expect(error?.errorType).toBe('InternalError');
    expect(JSON.stringify([error, result, outErrors])).not.toContain('the cause');
    expect(logs.join()).toContain('the cause');
  });

  it.each(['DynamoDB:ThrottlingException', 'Lambda:TooManyRequestsException'])(
    'says of %s to try again',
    (type) => {
      expect(failed(name, type).error).toMatchObject({
        errorType: 'Throttled',
        errorInfo: { retryable: true },
      });
    },
  );
});
