import type { InvocationCause, InvocationType, InvokeLambda, LambdaResult } from '../lambda/lambda-result.ts';

/** Resolves to `waited-too-long` when the function has not responded after `waitMs` milliseconds; the function continues. */
export async function invokeWithin(
  waitMs: number,
  ...[invoke, functionArn, payload, invocationType, cause]: [
    InvokeLambda,
    string,
    unknown,
    InvocationType?,
    InvocationCause?,
  ]
): Promise<LambdaResult | 'waited-too-long'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'waited-too-long'>((resolve) => {
    timer = setTimeout(() => resolve('waited-too-long'), waitMs);
  });
  try {
    return await Promise.race([invoke(functionArn, payload, invocationType, cause), late]);
  } finally {
    clearTimeout(timer);
  }
}
