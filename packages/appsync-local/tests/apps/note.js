export const request = () => ({ payload: 'a note' });
export const response = (ctx) => ctx.result;
