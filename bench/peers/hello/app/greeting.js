export const request = (ctx) => ({ payload: `Hello, ${ctx.args.name}` });
export const response = (ctx) => ctx.result;
