import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, expect, test } from 'vitest';
import { addChecks } from '../../infra/checks.ts';
import { itemsApp } from '../../infra/items-app.ts';
import { EVERYTHING } from '../../proof/everything.ts';

interface Finding {
  ruleName: string;
  severity: string;
  violatingConstructs: { constructPath: string }[];
  reason?: string;
}

const directory = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Without CDK's own template validation, which runs in the test of `cdk synth`. */
function checkedApp(name: string, context = {}): App {
  const app = itemsApp({ outdir: join(directory, name), context, builtinCloudFormationValidation: false });
  addChecks(app);
  return app;
}

interface Report {
  pluginName: string;
  violations: Finding[];
  suppressedViolations: Finding[];
}

const reports = (app: App): Report[] =>
  JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports;

/** Where a rule may be broken with a reason. */
const ACKNOWLEDGED: Record<string, RegExp> = {
  'AwsSolutions-ASC3': /^Items\/ItemsApi\/Api\/Resource$/,
  'AwsSolutions-COG2': /^Items\/Users\/UserPool\/Resource$/,
  'AwsSolutions-COG8': /^Items\/Users\/UserPool\/Resource$/,
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]':
    /^Items\/MonthlyBackups\/Plan\/Tables\/Role\/Resource$/,
  // The role of a Lambda function, not that of a data source.
  'AwsSolutions-IAM5[Resource::*]': /\/Role\/DefaultPolicy\/Resource$/,
  'AwsSolutions-SQS3': /^Items\/ChangeFeed\/DeadLetters\/Resource$/, // part: change-feed
  'Serverless-LambdaDLQ': /\/Function\/Resource$/,
  'Serverless-SNSRedrivePolicy': /^Items\/Monitoring\/Recipient\/.*\/Resource$/,
  'Serverless-SQSRedrivePolicy': /^Items\/ChangeFeed\/DeadLetters\/Resource$/, // part: change-feed
};

test.each([
  ['dev', {}],
  ['prod', { stage: 'prod' }],
  ['prod with everything', EVERYTHING],
])('%s has no finding, but what is acknowledged with a reason', (name, context) => {
  const app = checkedApp(name.replaceAll(' ', '-'), context);

  app.synth();

  // A plugin that finds nothing, not even what is acknowledged, has no report.
  const plugins = reports(app).map(({ pluginName }) => pluginName);
  expect(plugins).toContain('AwsSolutions');
  expect(plugins).toContain('Serverless'); // part: validated-items
  expect(reports(app).flatMap(({ violations }) => violations)).toEqual([]);
  const suppressed = reports(app).flatMap(({ suppressedViolations = [] }) => suppressedViolations);
  const found = suppressed.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => [ruleName, constructPath] as const),
  );
  expect(found.filter(([rule, path]) => !ACKNOWLEDGED[rule]?.test(path))).toEqual([]);
  for (const { reason } of suppressed) {
    expect(reason!.length).toBeGreaterThan(40);
  }
});

test('a finding fails the synth', () => {
  const app = checkedApp('bucket');
  new Bucket(app.node.findChild('Items') as Stack, 'Unsafe');

  expect(() => app.synth()).toThrow(/AwsSolutions-S1\b/);
});

// part: validated-items
test('an acknowledged wildcard excuses no other', () => {
  const app = checkedApp('wildcard');
  const role = app.node.findChild('Items').node.findChild('PutValidatedItem').node.findChild('Role') as Role;
  role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));

  expect(() => app.synth()).toThrow(/AwsSolutions-IAM5\[Action::dynamodb:\*\]/);
});
// end: validated-items
