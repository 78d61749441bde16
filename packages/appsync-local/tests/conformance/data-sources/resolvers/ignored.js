export function request(ctx) {
  return JSON.parse(ctx.args.request);
}

export function response() {
  return 'fine';
}
