import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What AWS answers to an action of its query protocol: a status and the XML. */
export type Answer = { status?: number; xml: string };

export interface Aws {
  url: string;
  /** The parameters of every call, in order. */
  calls: URLSearchParams[];
  close(): void;
}

/** STS and CloudFormation as far as the answers go; an action without one is refused. */
export async function startAws(answers: Record<string, Answer>): Promise<Aws> {
  const calls: URLSearchParams[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const call = new URLSearchParams(body);
      calls.push(call);
      const { status = 200, xml } = answers[call.get('Action')!] ?? refusal('AccessDenied', 'you may not');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, close: () => server.close() };
}

export const refusal = (code: string, message: string): Answer => ({
  status: 400,
  xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

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
