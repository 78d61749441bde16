/**
 * The program of the process that evaluates code for EvaluateCode: answers messages one at a time until the server that started
 * it has ended.
 */
import { warmTypeCheck } from '../runtime/check/types/type-check.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import { createEvaluator } from '../runtime/evaluator.ts';
import type { Javascript } from '../runtime/javascript.ts';
import { rememberedTranslations } from '../runtime/kept-translations.ts';
import type { EvaluationAnswer, EvaluationRequest } from './messages.ts';

/**
 * The argument is the meaning of JavaScript. Translations are kept, since tests evaluate the same code repeatedly and checking
 * it takes longest.
 */
const evaluator = createEvaluator({
  javascript: process.argv[2] as Javascript,
  translations: rememberedTranslations(),
});

function answerTo({ code, handler, context }: EvaluationRequest): EvaluationAnswer {
  try {
    const loaded = evaluator.load({ logicalId: 'EvaluateCode', title: 'EvaluateCode', text: code });
    return { kind: 'evaluated', evaluation: loaded.evaluate(handler, context) };
  } catch (error) {
    return error instanceof CodeRefused
      ? { kind: 'refused', problems: error.problems }
      : { kind: 'failed', stack: String((error as Error).stack) };
  }
}

const send = (answer: EvaluationAnswer): void => void process.send!(answer);

process.on('message', (request) => send(answerTo(request as EvaluationRequest)));
process.on('disconnect', () => process.exit());
// Loaded before the process is ready, because the time of an evaluation is limited.
warmTypeCheck();
send({ kind: 'ready' });
