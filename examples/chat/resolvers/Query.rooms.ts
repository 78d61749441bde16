export function request() {
  return { payload: ['lobby', 'attic'] };
}

export function response(ctx: { result: string[] }) {
  return ctx.result;
}
