export function request(ctx) {
  return JSON.parse(ctx.args.request.replace('CONFLICT_ARN', ctx.env.CONFLICT_ARN));
}

export function response(ctx) {
  return JSON.stringify({ result: ctx.result, error: ctx.error });
}
