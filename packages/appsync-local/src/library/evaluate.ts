import { join } from 'node:path';
import { bundle } from '../ground/bundle.ts';
import { cacheDirectory } from '../ground/cache-directory.ts';
import {
  createEvaluator,
  type CodeEvaluation,
  type EvaluatedCode,
  type Evaluator,
} from '../runtime/evaluator.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import {
  keptTranslations,
  type KeptTranslations,
  rememberedTranslations,
} from '../runtime/kept-translations.ts';
import { mockContext } from '../runtime/mock-context.ts';
import { codeOfFile, type CodeOfFile } from './code-file.ts';
import { checkEvaluateOptions } from './given-options.ts';
import type { EvaluateOptions, EvaluateResult, EvaluationContext, Javascript } from './library.types.ts';

/** Code units that stay loaded. */
const KEPT = 500;

/** The code units of one meaning of JavaScript: they share a realm, like the resolvers of an API. */
interface Bench {
  evaluator: Evaluator;
  /** By their file, if they are from one, and their text. */
  loaded: Map<string, EvaluatedCode>;
}

const benches = new Map<Javascript, Bench>();
let now: number | undefined;

export function evaluateHandler<Result>(options: EvaluateOptions): EvaluateResult<Result> {
  checkEvaluateOptions(options);
  const { code, file, context = {}, javascript = DEFAULT_JAVASCRIPT } = options;
  if ((code === undefined) === (file === undefined)) {
    throw new TypeError('evaluate takes either code or file');
  }
  const loaded = load(file === undefined ? { text: code! } : codeOfFile(file), file, javascript);
  now = options.now?.valueOf();
  return resultOf(loaded.evaluate(options.function ?? 'request', checked(context)));
}

/** @throws MockContextRefused when AppSync would refuse the context; TypeError for `args`, which AppSync would ignore */
function checked(context: EvaluationContext): ReturnType<typeof mockContext> {
  if (Object.hasOwn(context, 'args')) {
    throw new TypeError('context.args is not what AppSync reads; name it context.arguments');
  }
  return mockContext(context);
}

/** Rarely more than a few dozen are loaded; the oldest goes first. */
function load(
  { text, sourceMap }: CodeOfFile,
  file: string | undefined,
  javascript: Javascript,
): EvaluatedCode {
  const { evaluator, loaded } = benchOf(javascript);
  const key = `${file ?? ''}\n${text}`;
  const known = loaded.get(key);
  if (known) {
    return known;
  }
  const title = file ?? '';
  const code = evaluator.load(
    {
      logicalId: title,
      title,
      text,
      ...(sourceMap !== undefined && { sourceMap: { read: () => sourceMap } }),
    },
    file,
  );
  loaded.set(key, code);
  if (loaded.size > KEPT) {
    loaded.delete(loaded.keys().next().value!);
  }
  return code;
}

function benchOf(javascript: Javascript): Bench {
  const known = benches.get(javascript);
  if (known) {
    return known;
  }
  const evaluator = createEvaluator({
    javascript,
    now: () => now ?? Date.now(),
    translations: translationsOf(javascript),
  });
  const bench = { evaluator, loaded: new Map() };
  benches.set(javascript, bench);
  return bench;
}

/** Code that has passed the check need not pass it again in every test process. */
const translationsOf = (javascript: Javascript): KeptTranslations =>
  bundle === undefined
    ? rememberedTranslations()
    : keptTranslations(join(cacheDirectory(), 'code', bundle.id, javascript));

function resultOf<Result>({
  evaluation,
  stash,
  logs,
  outErrors,
  effects,
}: CodeEvaluation): EvaluateResult<Result> {
  return {
    result: (evaluation.kind === 'raised' ? undefined : evaluation.value) as Result,
    ...(evaluation.kind === 'raised' && { error: evaluation.error }),
    ...(evaluation.kind === 'early' && { skipTo: evaluation.skipTo }),
    stash: stash as EvaluateResult['stash'],
    outErrors: [...outErrors],
    logs,
    effects,
  };
}
