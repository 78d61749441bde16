import { itemsApp } from './items-app.ts';
import { runApp } from './run-app.ts';

await runApp(async () => {
  const app = itemsApp();
  // The CDK's own switch for its template validation; `npm start` and `cdk synth --no-validation` turn it off for speed.
  if (process.env.CDK_VALIDATION !== 'false') {
    (await import('./checks.ts')).addChecks(app);
  }
  app.synth();
});
