import { memoryRequest } from '../local/http/memory-request.ts';
import { start } from '../local/start.ts';
import { getBody, IDS, putBody } from './harness/requests.ts';
import { createDynamoDbClient } from '../local/dynamodb/client.ts';
const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
const server = await start({ port: 0, reset: false }, quiet as never);
const headers = {
  host: 'localhost:4000',
  'x-api-key': 'da2-localdevkey000000000000000',
  'content-type': 'application/json',
  connection: 'keep-alive',
};
const call = async (body: string) => {
  const r = await server.handle(memoryRequest({ method: 'POST', path: '/graphql', headers, body }));
  if (!r.body.toString().includes('"version"')) throw new Error(r.body.toString());
};
async function run(n: number, f: (id: string) => Promise<unknown>) {
  let next = 0;
  const loop = async () => {
    while (next < n) {
      const id = IDS[next++ % 1000]!;
      await f(id);
    }
  };
  await Promise.all(Array.from({ length: 16 }, loop));
}
const client = createDynamoDbClient({ endpoint: server.urls.dynamoDb, region: 'us-east-1' });
const tables = (await client.call<{ TableNames: string[] }>('ListTables', {})).TableNames;
if (process.env.JOBS?.startsWith('get')) await run(1000, (id) => call(putBody(id)));
const table = tables.find((t) => /items/i.test(t) && !/constraint/i.test(t))!;
const jobs: Record<string, (id: string) => Promise<unknown>> = {
  put: (id) => call(putBody(id)),
  get: (id) => call(getBody(id)),
  hopGet: (id) => client.call('GetItem', { TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
};
const samples: Record<string, number[]> = { put: [], get: [], hopGet: [] };
const trend = process.env.TREND;
const total = Number(process.argv[2] ?? 30);
const wanted = process.env.JOBS?.split(',');
if (wanted)
  for (const k of Object.keys(jobs))
    if (!wanted.includes(k)) {
      delete jobs[k];
      delete samples[k];
    }
for (let s = 0; s < total; s++)
  for (const [name, job] of Object.entries(jobs)) {
    const c = process.cpuUsage();
    await run(s < 3 ? 1000 : 250, job);
    const d = process.cpuUsage(c);
    if (trend && s % 10 === 0) console.log(s, name, ((d.user + d.system) / 250).toFixed(0));
    if (s > total / 3) samples[name]!.push((d.user + d.system) / 250);
  }
for (const [name, all] of Object.entries(samples)) {
  all.sort((a, b) => a - b);
  console.log(
    name,
    'min',
    all[0]!.toFixed(0),
    'p25',
    all[all.length >> 2]!.toFixed(0),
    'median',
    all[all.length >> 1]!.toFixed(0),
  );
}
await client.close();
await server.close();
process.exit(0);
