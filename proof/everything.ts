/** Every setting that adds something to the template, in production. */
export const EVERYTHING: Readonly<Record<string, string>> = {
  stage: 'prod',
  alarmEmail: 'operator@example.com',
  budget: '50',
  waf: 'true',
  domain: 'api.example.com',
  certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d',
  concurrency: '50',
  tableUnits: '5000',
  resolverMetrics: 'true',
  backupMonths: '12',
  signInUrls: 'https://app.example.com/',
};
