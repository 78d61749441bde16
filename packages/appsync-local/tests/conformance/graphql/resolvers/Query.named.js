export function request(ctx) {
  return { payload: ctx.args.value };
}

export function response(ctx) {
  return ctx.result;
}
