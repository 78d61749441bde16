import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { check } from './ask.ts';

const OVERVIEW = 'AppSync developer guide, resolver-reference-overview-js';
const EARLY = 'AppSync developer guide, runtime-utils-js';

async function valueOf(api: ConformanceApi, field: string, how: string): Promise<string> {
  const data = await api.succeed(`query ($how: String!) { ${field}(how: $how) }`, { how });
  return (data as Record<string, string>)[field]!;
}
const pipeline = async (api: ConformanceApi, how: string) => JSON.parse(await valueOf(api, 'pipeline', how));
const large = 'query ($n: Int!) { large(characters: $n) }';

export const pipelineChecks: Check[] = [
  check(
    'DSC-180',
    'ten AppSync functions run one after the other',
    'AWS General Reference, AppSync endpoints and quotas',
    'documented',
    async (api) => {
      const { stash, result } = await pipeline(api, 'plain');
      assert.equal(stash.steps.length, 10);
      assert.deepEqual(result, { step: 10, responded: true });
    },
  ),
  check(
    'DSC-181',
    'the result of the resolver’s request is the first function’s ctx.prev.result',
    OVERVIEW,
    'documented',
    async (api) => assert.deepEqual((await pipeline(api, 'plain')).stash.steps[0], { from: 'before' }),
  ),
  check(
    'DSC-182',
    'each function has the result of the one before in ctx.prev.result',
    OVERVIEW,
    'documented',
    async (api) => {
      const { steps } = (await pipeline(api, 'plain')).stash;
      assert.deepEqual(
        steps.slice(1).map(({ step }: { step: number }) => step),
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
      );
    },
  ),
  check(
    'DSC-183',
    'the resolver’s response has the last output in ctx.result and ctx.prev.result',
    OVERVIEW,
    'documented',
    async (api) => {
      const { result, prev } = await pipeline(api, 'plain');
      assert.deepEqual(prev, result);
    },
  ),
  check('DSC-184', 'ctx.stash is the same for all handlers of a run', OVERVIEW, 'documented', async (api) =>
    assert.equal((await pipeline(api, 'shared')).stash.how, 'shared'),
  ),
  check(
    'DSC-185',
    'an early return in a function’s request skips its data source and response',
    EARLY,
    'documented',
    async (api) => {
      const { stash } = await pipeline(api, 'next');
      assert.deepEqual([stash.steps.length, stash.steps[1]], [10, { early: true }]);
    },
  ),
  check(
    'DSC-186',
    'an early return with skipTo END skips the functions that follow',
    EARLY,
    'documented',
    async (api) => {
      const { stash, prev } = await pipeline(api, 'end');
      assert.deepEqual([stash.steps.length, prev], [1, { early: true }]);
    },
  ),
  check(
    'DSC-187',
    'an early return in the resolver’s request skips all functions and runs response',
    EARLY,
    'documented',
    async (api) =>
      assert.deepEqual(JSON.parse(await valueOf(api, 'earlyPipeline', 'whole')), { prev: 'skipped' }),
  ),
  check(
    'DSC-188',
    'an error in a function ends the pipeline without the resolver’s response',
    OVERVIEW,
    'documented',
    async (api) => {
      const { errorType, message, path } = await api.fail('{ pipeline(how: "fail") }');
      assert.deepEqual([errorType, message, path], ['Failed', 'failed', ['pipeline']]);
    },
  ),
  check(
    'DSC-189',
    'a unit resolver asks its data source between request and response',
    OVERVIEW,
    'documented',
    async (api) => assert.equal(await valueOf(api, 'early', 'never'), 'asked, answered'),
  ),
  check(
    'DSC-190',
    'an early return in a unit resolver’s request is the field’s value, without response',
    EARLY,
    'documented',
    async (api) => assert.equal(await valueOf(api, 'early', 'request'), 'early in request'),
  ),
  check('DSC-191', 'an early return in response is like a return', EARLY, 'inferred', async (api) =>
    assert.equal(await valueOf(api, 'early', 'response'), 'early in response'),
  ),
  ...(
    [
      ['DSC-194', 'null'],
      ['DSC-195', 'nothing'],
    ] as const
  ).map(([id, how]) => ({
    ...check(
      id,
      `runtime.earlyReturn of ${how} fails with the error Code and the message Runtime Error`,
      'aws/aws-appsync-community#280',
      'observed',
      async (api) => {
        const { errorType, message, path } = await api.fail(`{ early(how: "${how}") }`);
        assert.deepEqual([errorType, message, path], ['Code', 'Runtime Error', ['early']]);
      },
    ),
    javascript: 'appsync' as const,
  })),
  check(
    'DSC-192',
    'a request over 5 MB is too large a transformation',
    'awslabs/aws-mobile-appsync-sdk-js#124',
    'observed',
    async (api) => {
      const { errorType, message } = await api.fail(large, { n: 5 * 1024 * 1024 });
      assert.deepEqual([errorType, message], ['MappingTemplate', 'Transformation too large']);
    },
  ),
  check(
    'DSC-193',
    'a request of at most 5 MB is not',
    'AWS General Reference, AppSync endpoints and quotas',
    'documented',
    async (api) => assert.deepEqual(await api.succeed(large, { n: 5 * 1024 * 1024 - 100 }), { large: 1 }),
  ),
];
