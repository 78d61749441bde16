import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Node } from 'constructs';
import { Mistake } from './mistake.ts';
import { readSettings, refuseUnknown, settingsOfStage } from './settings.ts';
import { signInUrls } from './sign-in-urls.ts';
import { DEFAULT_NAME, DEV_TABLE_UNITS, KNOWN, SETTINGS, STAGE, WAF_RATE } from './stage-settings.ts';

/** The differences between deployments; everything else is the same in every stage. */
export interface Stage {
  /** Name of the backend: `appsync-items`. */
  application: string;
  /** `dev` or `prod`. */
  stage: string;
  /** Stack name and prefix of resource names: `appsync-items-dev`. */
  stackName: string;
  /** Production data is retained and protected against deletion, its logs hold no payloads, and its alarms are on. */
  production: boolean;
  architecture: Architecture;
  /** Name of the API key; a new name makes CloudFormation replace the key. Absent for the first key. */
  apiKeyName?: string;
  /** Pages that users may sign in from by the user pool's own page; empty without that page. */
  signInUrls: string[];
  /** Whom alarms reach. Absent: nobody. */
  recipient?: Recipient;
  limits: Limits;
  /** Requests that one address may make in five minutes. Absent: no web ACL. */
  requestsPerAddress?: number;
  domain?: CustomDomain;
  /** US dollars a month, about which the recipient is told. Absent: no budget. */
  budget?: number;
  /** How many months AWS Backup keeps a monthly backup of each table. Absent: there is none. */
  backupMonths?: number;
  /** CloudWatch metrics of each resolver, which cost by the month. */
  resolverMetrics: boolean;
}

/** An e-mail address, to which a topic of the stack sends, or the ARN of a topic that exists. */
export type Recipient = { email: string } | { topicArn: string };

/** What a stage refuses to do more of. */
export interface Limits {
  introspection: boolean;
  /** Read and write request units a second of each table and index on demand. Absent: the account's quotas. */
  tableUnits?: number;
  /** Concurrent executions of each Lambda function that resolves fields, reserved for it. Absent: the account's. */
  concurrency?: number;
}

/** A name that clients use in place of AppSync's, and its certificate. */
export interface CustomDomain {
  name: string;
  certificateArn: string;
}

const ARCHITECTURES = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

/**
 * Reads the stage from CDK context (`stage-settings.ts`).
 * @throws Mistake that names each context key that is wrong, the value seen and the values allowed
 */
export function readStage(node: Node): Stage {
  refuseUnknown(node.getAllContext() as Record<string, unknown>, KNOWN);
  const { stage = 'dev' } = readSettings(node, { stage: STAGE });
  const ofStage = settingsOfStage(node, stage, SETTINGS);
  const { name = DEFAULT_NAME, architecture = 'arm64', ...settings } = readSettings(node, SETTINGS, ofStage);
  const production = stage === 'prod';
  const { apiKey, alarmEmail, alarmTopic, waf, wafRate, budget, resolverMetrics = false } = settings;
  const { introspection = !production, tableUnits = production ? undefined : DEV_TABLE_UNITS } = settings;
  const recipient = recipientOf(alarmEmail, alarmTopic);
  if (budget !== undefined && !recipient) {
    throw new Mistake(`-c budget=${budget}: name a recipient with -c alarmEmail=… or -c alarmTopic=…`);
  }
  if (wafRate !== undefined && !waf) {
    throw new Mistake(`-c wafRate=${wafRate}: needs the web ACL; add -c waf=true`);
  }
  const domain = domainOf(settings.domain, settings.certificate);
  const stackName = `${name}-${stage}`;
  return {
    application: name,
    stage,
    stackName,
    production,
    signInUrls: signInUrls(settings.signInUrls, stackName, production),
    architecture: ARCHITECTURES[architecture],
    limits: {
      introspection,
      ...(tableUnits !== undefined && { tableUnits }),
      ...(settings.concurrency !== undefined && { concurrency: settings.concurrency }),
    },
    resolverMetrics,
    ...(apiKey !== undefined && { apiKeyName: apiKey }),
    ...(recipient && { recipient }),
    ...(waf && { requestsPerAddress: wafRate ?? WAF_RATE }),
    ...(domain && { domain }),
    ...(budget !== undefined && { budget }),
    ...(settings.backupMonths !== undefined && { backupMonths: settings.backupMonths }),
  };
}

function recipientOf(email: string | undefined, topicArn: string | undefined): Recipient | undefined {
  if (email !== undefined && topicArn !== undefined) {
    throw new Mistake(
      `-c alarmEmail=${email} and -c alarmTopic=${topicArn}: use one of them; an address can subscribe to the topic`,
    );
  }
  return email !== undefined ? { email } : topicArn !== undefined ? { topicArn } : undefined;
}

function domainOf(name: string | undefined, certificateArn: string | undefined): CustomDomain | undefined {
  if (name === undefined && certificateArn === undefined) {
    return undefined;
  }
  if (name === undefined || certificateArn === undefined) {
    throw new Mistake(
      `-c domain=${name ?? ''} and -c certificate=${certificateArn ?? ''}: a domain needs both its name and its certificate`,
    );
  }
  return { name, certificateArn };
}
