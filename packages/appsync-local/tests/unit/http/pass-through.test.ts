import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { createAdmission } from '../../../src/http/admission.ts';
import { openPassThrough } from '../../../src/http/pass-through.ts';

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const BODY = JSON.stringify({ TableNames: ['ö'.repeat(100_000)] });

/** Answers everybody, as the engine does, pages of any origin included. */
async function behind(): Promise<{ url: string; received: Received[]; stop(): void }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += String(chunk);
    }
    received.push({ method, url, headers, body });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('x-amzn-requestid', 'r1');
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(BODY);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => void (server.closeAllConnections(), server.close());
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, stop };
}

async function open(to: string, ...origins: string[]): Promise<string> {
  const gate = await openPassThrough({ to, admit: createAdmission({ origins, listedOnly: true }) });
  onTestFinished(() => gate.close());
  return gate.url;
}

it('hands on a request as it came, and its answer', async () => {
  const { url, received } = await behind();
  const gate = await open(url);
  const body = JSON.stringify({ name: 'ü'.repeat(50_000) });

  const answer = await fetch(`${gate}/?X-Amz-Date=1`, {
    method: 'POST',
    headers: { 'x-amz-target': 'T.Op' },
    body,
  });

  expect(received).toMatchObject([
    { method: 'POST', url: '/?X-Amz-Date=1', body, headers: { 'x-amz-target': 'T.Op' } },
  ]);
  expect(answer.headers.get('x-amzn-requestid')).toBe('r1');
  expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  expect(await answer.text()).toBe(BODY);
});

it('serves the AWS SDK', async () => {
  const { url } = await behind();
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = new DynamoDBClient({ endpoint: await open(url), region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());

  expect((await client.send(new ListTablesCommand({}))).TableNames?.[0]).toHaveLength(100_000);
});

it.each([
  ['a page of another site', { origin: 'https://evil.example' }],
  ['a page of localhost, which has the API for that', { origin: 'http://localhost:3000' }],
  ['a page without an origin', { origin: 'null' }],
  ['a picture in a page of another site', { 'sec-fetch-site': 'cross-site' }],
])('hands on nothing for %s', async (_, headers) => {
  const { url, received } = await behind();
  const gate = await open(url);

  for (const method of ['GET', 'POST', 'OPTIONS', 'PUT']) {
    const answer = await fetch(gate, { method, headers: headers as Record<string, string> });

    expect(answer.status).toBe(403);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    expect(await answer.json()).toMatchObject({ __type: 'com.amazon.coral.service#AccessDeniedException' });
  }
  expect(received).toEqual([]);
});

it('hands on nothing under a name that somebody has pointed here', async () => {
  const { url, received } = await behind();
  const gate = await open(url);

  const answer = await once(
    (await import('node:http')).get(gate, { headers: { host: 'evil.example' } }),
    'response',
  );

  expect(answer[0].statusCode).toBe(403);
  expect(received).toEqual([]);
});

it('lets a page read the answer that was allowed by name, and no other', async () => {
  const { url } = await behind();
  const gate = await open(url, 'https://workbench.example');

  const { status, headers } = await fetch(gate, {
    method: 'POST',
    headers: { origin: 'https://workbench.example' },
    body: '{}',
  });

  expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([
    200,
    'https://workbench.example',
    'Origin',
  ]);
});

it('says so when nothing is behind it, and works again when something is', async () => {
  const { url, stop } = await behind();
  const gate = await open(url);
  stop();

  const answer = await fetch(gate, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ __type: 'com.amazon.coral.service#ServiceUnavailable' });
});
