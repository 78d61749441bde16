import { bundleResolvers, type ResolverBundles } from '../../../../infra/resolver-bundles.ts';
import {
  type CodeEvaluation,
  createEvaluator,
  type EvaluatedCode,
} from '../../../../packages/appsync-local/src/runtime/evaluator.ts';
import {
  mockContext,
  type MockContext,
} from '../../../../packages/appsync-local/src/runtime/mock-context.ts';
import type { RaisedError } from '../../../../packages/appsync-local/src/runtime/runtime.types.ts';
import { keptCode } from '../../../../packages/appsync-local/tests/harness/kept-code.ts';

export type { MockContext };

/** The time of every evaluation: `util.time` says this, in epoch milliseconds. */
export const NOW = Date.parse('2026-03-01T12:00:00.000Z');

/** What one handler came to. */
export interface Evaluated {
  /** The request, the field's value or what `runtime.earlyReturn` gave; undefined when an error was raised. */
  result?: unknown;
  /** Present for `runtime.earlyReturn`: which handlers are skipped. */
  skipTo?: 'NEXT' | 'END';
  /** What ended the handler: `util.error`, `util.unauthorized` (`errorType` `Unauthorized`) or a failing line (`Code`). */
  error?: RaisedError;
  stash: Record<string, unknown>;
  outErrors: CodeEvaluation['outErrors'];
  logs: string[];
  /** What `extensions` and `util.http` were asked for. */
  effects: CodeEvaluation['effects'];
}

const evaluator = createEvaluator({ now: () => NOW, translations: await keptCode() });
const loaded = new Map<string, EvaluatedCode>();
let bundles: ResolverBundles | undefined;

/**
 * Evaluates one handler of `resolvers/`, bundled as it is deployed, on a mocked context: no server, no data source. The
 * first call bundles every resolver (about a second); those after it take microseconds.
 *
 * @param name the file's, without `.ts`: `Mutation.putItem`, `pipeline/put-item`
 * @param context as EvaluateCode takes it: `arguments`, not `args`
 * @throws Error for a name no file has, CodeRefused for code AppSync would refuse, MockContextRefused for a context it
 * would refuse
 */
export function evaluate(
  name: string,
  context: MockContext = {},
  handler: 'request' | 'response' = 'request',
): Evaluated {
  const { evaluation, stash, ...rest } = codeOf(name).evaluate(handler, mockContext(context));
  const outcome =
    evaluation.kind === 'raised'
      ? { error: evaluation.error }
      : {
          result: evaluation.value,
          ...(evaluation.kind === 'early' && { skipTo: evaluation.skipTo }),
        };
  return { ...outcome, stash: stash as Record<string, unknown>, ...rest };
}

function codeOf(name: string): EvaluatedCode {
  const known = loaded.get(name);
  if (known) {
    return known;
  }
  bundles ??= bundleResolvers();
  const bundle = bundles.get(name);
  if (bundle === undefined) {
    throw new Error(`there is no resolvers/${name}.ts; there are ${[...bundles.keys()].join(', ')}`);
  }
  const sourceMap = { read: () => bundle.sourceMap };
  const code = evaluator.load({ logicalId: name, title: name, text: bundle.code, sourceMap });
  loaded.set(name, code);
  return code;
}
