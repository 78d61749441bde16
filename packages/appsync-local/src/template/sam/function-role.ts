import { isRecord } from '../../ground/record.ts';
import { intrinsicName } from '../intrinsics.ts';
import type { JsonObject } from '../json.ts';
import { policyTemplate } from './policy-templates.ts';
import { made, pick, section, sections } from './sam-resource.ts';
import type { Resources, SamResource } from './sam-resource.ts';

const ofAws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** What a function needs to read its events, by their type. */
const EVENT_POLICIES: Record<string, string> = {
  DynamoDB: 'service-role/AWSLambdaDynamoDBExecutionRole',
  Kinesis: 'service-role/AWSLambdaKinesisExecutionRole',
  SQS: 'service-role/AWSLambdaSQSQueueExecutionRole',
};

/**
 * The role that SAM makes of a function's Policies (SAM specification, "Policies").
 * @param logicalId of the role
 */
export function expandFunctionRole(resource: SamResource, logicalId: string): Resources {
  const { properties, hasConnectors } = resource;
  const policies = [properties['Policies'] ?? []].flat().map(policyOf);
  const statements = policies.flatMap((policy) => policy.documents);
  return {
    [logicalId]: made(resource, 'AWS::IAM::Role', {
      ManagedPolicyArns: [
        ofAws('service-role/AWSLambdaBasicExecutionRole'),
        ...(properties['VpcConfig'] === undefined
          ? []
          : [ofAws('service-role/AWSLambdaVPCAccessExecutionRole')]),
        ...policies.flatMap((policy) => policy.arns),
        ...eventPolicies(resource),
        // They grant more, which nothing here reads.
        ...(hasConnectors ? ['connectors of SAM'] : []),
      ],
      Policies: statements.map((PolicyDocument, index) => ({
        PolicyName: `${logicalId}Policy${index}`,
        PolicyDocument,
      })),
      ...pick(properties, 'PermissionsBoundary'),
    }),
  };
}

function eventPolicies(resource: SamResource): string[] {
  const types = sections(section(resource, 'Events')).map(([, event]) => String(event['Type']));
  return [...new Set(types)].flatMap((type) => {
    const policy = EVENT_POLICIES[type];
    return policy === undefined ? [] : [ofAws(policy)];
  });
}

interface Policy {
  documents: JsonObject[];
  /** Of managed policies; also the names of what is not known here, so that nothing is refused for want of it. */
  arns: unknown[];
}

/** The name or ARN of a managed policy, a document, or one of SAM's policy templates with its parameters. */
function policyOf(policy: unknown): Policy {
  if (typeof policy === 'string') {
    return { documents: [], arns: [policy.includes(':') ? policy : ofAws(policy)] };
  }
  if (!isRecord(policy)) {
    return { documents: [], arns: [] };
  }
  if ('Statement' in policy) {
    return { documents: [policy], arns: [] };
  }
  if (intrinsicName(policy) !== undefined) {
    return { documents: [], arns: [policy] };
  }
  const templates = Object.entries(policy).map(([name, parameters]) => ({
    name,
    Statement: policyTemplate(name, parameters),
  }));
  return {
    documents: templates.flatMap(({ Statement }) => (Statement?.length ? [{ Statement }] : [])),
    arns: templates.flatMap(({ name, Statement }) => (Statement === undefined ? [name] : [])),
  };
}
