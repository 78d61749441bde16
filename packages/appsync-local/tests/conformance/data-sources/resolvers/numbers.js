export function request(ctx) {
  return { payload: ctx.args.ns.map((n) => ({ n })) };
}

export function response(ctx) {
  return ctx.result;
}
