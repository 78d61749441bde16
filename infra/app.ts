import { itemsApp } from './items-app.ts';
import { Mistake } from './mistake.ts';

try {
  const app = itemsApp();
  // The CDK's own switch for its template validation; `npm start` and `cdk synth --no-validation` turn it off for speed.
  if (process.env.CDK_VALIDATION !== 'false') {
    (await import('./checks.ts')).addChecks(app);
  }
  app.synth();
} catch (error) {
  if (!(error instanceof Mistake)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
