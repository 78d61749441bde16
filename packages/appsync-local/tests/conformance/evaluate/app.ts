import { testApi, testStack } from '../test-api.ts';

/** EvaluateCode needs no API; the local server needs one to start. */
export function synthesizeEvaluateApp(outdir: string): void {
  const { app, stack } = testStack(outdir, 'Evaluate');
  testApi(stack, import.meta.dirname);
  app.synth();
}
