import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/* Prints cdk-nag's findings in template files, a JSON object by file: acknowledgements are not part of a template. */

const directory = mkdtempSync(join(tmpdir(), 'nag-'));

function findings(templateFile: string, index: number): string[] {
  const app = new App({ outdir: join(directory, String(index)), autoSynth: false });
  const stack = new Stack(app, 'Faulty', {
    // The template has the parameter already.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  new CfnInclude(stack, 'Template', { templateFile, allowCyclicalReferences: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth();
  } catch {
    // It throws because of findings; the report says which.
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: {
      violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[];
    }[];
  };
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
}

try {
  const files = process.argv.slice(2);
  console.log(JSON.stringify(Object.fromEntries(files.map((file, index) => [file, findings(file, index)]))));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
