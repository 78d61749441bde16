/**
 * The program of the process that evaluates code for EvaluateCode: answers one message after another until the server that
 * started it has gone.
 */
import { warmTypeCheck } from '../runtime/check/types/type-check.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import { createEvaluator } from '../runtime/evaluator.ts';
import type { Javascript } from '../runtime/javascript.ts';
import { rememberedTranslations } from '../runtime/kept-translations.ts';
import type { EvaluationAnswer, EvaluationRequest } from './messages.ts';

/** Its argument is what JavaScript means. Tests evaluate the same code again and again, and to check it takes longest. */
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
// Before it is ready, because the time of an evaluation is limited.
warmTypeCheck();
send({ kind: 'ready' });
