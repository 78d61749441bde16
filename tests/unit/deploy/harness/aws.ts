import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, vi } from 'vitest';

/** What AWS answers to an action: a status, and XML in its query protocol, JSON in the others. */
export type Answer = { status?: number } & ({ xml: string } | { json: object });

export interface Aws {
  url: string;
  /** The parameters of every call, in order. */
  calls: URLSearchParams[];
  /** Every call in a JSON protocol, in order. */
  bodies: { action: string; input: Record<string, unknown> }[];
  close(): void;
}

/**
 * AWS as far as the answers go; an action without one is refused. A JSON protocol has the action in a header; AppSync has it in its
 * method and path, `GET /v1/apis/ID/apikeys`.
 */
export async function startAws(answers: Record<string, Answer>): Promise<Aws> {
  const calls: URLSearchParams[] = [];
  const bodies: Aws['bodies'] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const answer = answers[record(request, body)] ?? refusal('AccessDenied', 'you may not');
      const [type, text] =
        'xml' in answer ? ['text/xml', answer.xml] : ['application/json', JSON.stringify(answer.json)];
      response.writeHead(answer.status ?? 200, { 'content-type': type }).end(text);
    });
  });
  function record({ headers, method, url }: IncomingMessage, body: string): string {
    const target = headers['x-amz-target'];
    if (target !== undefined) {
      const action = String(target).split('.')[1]!;
      bodies.push({ action, input: JSON.parse(body) as Record<string, unknown> });
      return action;
    }
    const call = new URLSearchParams(body);
    calls.push(call);
    return call.get('Action') ?? `${method} ${url}`;
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, bodies, close: () => server.close() };
}

/**
 * Gives each test of a file credentials, and the AWS SDK an AWS that the test begins, in which they are somebody's.
 * @returns begins it
 */
export function awsOfEachTest(): (answers: Record<string, Answer>) => Promise<Aws> {
  let aws: Aws | undefined;
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
  });
  afterEach(() => {
    aws?.close();
    vi.unstubAllEnvs();
  });
  return async (answers) => {
    aws = await startAws({ GetCallerIdentity: identity, ...answers });
    vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
    return aws;
  };
}

export const refusal = (code: string, message: string): Answer => ({
  status: 400,
  xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

export const json = (body: object, status = 200): Answer => ({ status, json: body });

export const identity: Answer = {
  xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws-cn:iam::123456789012:user/ops</Arn>
    <Account>123456789012</Account><UserId>A</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};

export const role: Answer = {
  xml: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
    <SessionToken>t</SessionToken><Expiration>2126-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
};

export const template = (body: string): Answer => ({
  xml: `<GetTemplateResponse><GetTemplateResult><TemplateBody>${body}</TemplateBody></GetTemplateResult></GetTemplateResponse>`,
});

export const stackOf = (status: string, isProtected = false): Answer => ({
  xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>appsync-items-dev</StackName>
    <CreationTime>2026-11-30T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus>
    <EnableTerminationProtection>${isProtected}</EnableTerminationProtection></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});
