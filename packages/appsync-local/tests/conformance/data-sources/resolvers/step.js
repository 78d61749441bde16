import { runtime, util } from '@aws-appsync/utils';

/** Says where it was, and does what `how` wants of the first step. */
export function request(ctx) {
  const first = !ctx.stash.steps;
  ctx.stash.steps = [...(ctx.stash.steps ?? []), ctx.prev.result];
  if (first && ctx.args.how === 'next') {
    runtime.earlyReturn({ early: true });
  }
  if (first && ctx.args.how === 'end') {
    runtime.earlyReturn({ early: true }, { skipTo: 'END' });
  }
  if (first && ctx.args.how === 'fail') {
    util.error('failed', 'Failed');
  }
  return { payload: { step: ctx.stash.steps.length } };
}

export function response(ctx) {
  return { ...ctx.result, responded: true };
}
