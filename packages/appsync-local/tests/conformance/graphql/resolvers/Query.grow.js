export function request() {
  return { payload: null };
}

export function response(ctx) {
  const { text } = ctx.args;
  return [text, text, text, text, text, text, text, text].join('');
}
