import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from './harness/free-port.ts';
import { graphql, startLocal, temporaryDirectory } from './harness/local-server.ts';

const CODE = `
export const request = () => ({ method: 'GET', resourcePath: '/today' });
export const response = (ctx) => (ctx.error ? util.error(ctx.error.message, ctx.error.type) : ctx.result.body);
`;

/** An app whose only field asks a service on the internet. */
function weatherApp(): string {
  const directory = temporaryDirectory();
  const file = join(directory, 'schema.graphql');
  writeFileSync(file, 'type Query { weather: String }');
  const app = new App({ outdir: join(directory, 'cdk.out'), builtinCloudFormationValidation: false });
  const api = new appsync.GraphqlApi(new Stack(app, 'Weather'), 'Api', {
    name: 'weather',
    definition: appsync.Definition.fromFile(file),
  });
  api.addHttpDataSource('weather', 'https://weather.invalid').createResolver('Weather', {
    typeName: 'Query',
    fieldName: 'weather',
    code: appsync.Code.fromInline(CODE),
    runtime: appsync.FunctionRuntime.JS_1_0_0,
  });
  app.synth();
  return join(directory, 'cdk.out');
}

it('--endpoint sends the requests of a data source elsewhere, and the start says where they go', async () => {
  const service = createServer((request, response) => void response.end(`${request.url}: sunny`));
  await once(service.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void (service.closeAllConnections(), service.close()));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`;

  const server = await startLocal(['--memory', '--app', weatherApp(), '--endpoint', `weather=${url}`]);

  expect(server.output).toContain(`Query.weather: requests go to ${url} (HTTP data source weather).`);
  expect(await graphql(server.origin, '{ weather }')).toEqual({ weather: '/v1/today: sunny' });
});

it('an endpoint out of reach is told to the terminal with its cause, and to the client without', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = await startLocal(['--memory', '--app', weatherApp(), '--endpoint', `weather=${url}`]);
  let told = '';
  server.process.stderr!.on('data', (chunk) => (told += String(chunk)));

  await expect(graphql(server.origin, '{ weather }')).rejects.toThrow(
    /"errorType":"Http:HttpRequestException".*"message":"The HTTP endpoint of data source 'weather' could not be used: it cannot be reached\."/,
  );
  await expect
    .poll(() => told)
    .toContain(
      `[http] Query.weather: GET ${url}/today of HTTP data source weather failed: the connection was refused (ECONNREFUSED)`,
    );
});
