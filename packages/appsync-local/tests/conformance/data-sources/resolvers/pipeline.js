export function request(ctx) {
  ctx.stash.how = ctx.args.how;
  return { from: 'before' };
}

export function response(ctx) {
  return JSON.stringify({
    result: ctx.result,
    prev: ctx.prev.result,
    stash: ctx.stash,
    error: ctx.error,
  });
}
