/**
 * The least that can put an item and publish the change in Node.js, in the way that docs/adr/0020 prescribes: the put is one hop, the
 * stream of the table is read by node:http, each page is the event of this project's own publishing function, and what that
 * function publishes is one signed request for each change, answered and delivered to nobody. Nothing is looked at that need not be.
 */
import { createServer } from 'node:http';
import { call, callForText, headersOf, hop, sendJson, textOf } from './hop.mjs';
import { startPublisher } from './publisher.mjs';
import { createVerifier } from './signature.mjs';

const { PORT, STREAM_ARN, PUBLISHER } = process.env;
const PUBLISH = '/graphql';
const COUNTS = '/counts';
const RUNTIME = '/2018-06-01/runtime/';
/** Of the function's event source mapping. */
const BATCH_SIZE = 100;

let puts = 0;
let published = 0;
let wake = () => {};

const { env, ...program } = JSON.parse(PUBLISHER);
const address = `127.0.0.1:${PORT}`;
const publisher = startPublisher({
  ...program,
  env: { ...env, AWS_LAMBDA_RUNTIME_API: address, GRAPHQL_URL: `http://${address}${PUBLISH}` },
});
const isSigned = createVerifier(PUBLISH, env);

async function put(request, response) {
  if (await hop(request, response)) {
    puts += 1;
    wake();
  }
}

async function publish(request, response) {
  const body = await textOf(request);
  if (!isSigned(request.headers, body)) {
    return response.writeHead(403).end();
  }
  const { variables } = JSON.parse(body);
  sendJson(response, JSON.stringify({ data: { publishItemChange: variables.c0 } }));
  published += 1;
}

/** An answered put is in the stream, so no page is asked for that may be empty; the function has published all of a page before the next. */
async function publishChanges() {
  const headers = headersOf('GetRecords', STREAMS);
  for (let iterator = await firstIterator(); ;) {
    while (published >= puts) {
      await new Promise((resolve) => (wake = resolve));
    }
    // A page has the form of an event, but for a member that the function does not look at.
    const page = await callForText(headers, { ShardIterator: iterator, Limit: BATCH_SIZE });
    await publisher.invoke(page);
    iterator = iteratorAfter(page);
  }
}

const STREAMS = 'DynamoDBStreams_20120810';

async function firstIterator() {
  const { StreamDescription } = await call(headersOf('DescribeStream', STREAMS), { StreamArn: STREAM_ARN });
  const [{ ShardId }] = StreamDescription.Shards;
  const from = { StreamArn: STREAM_ARN, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  return (await call(headersOf('GetShardIterator', STREAMS), from)).ShardIterator;
}

const ITERATOR = '"NextShardIterator":"';

/** Base64, the last member of the page. */
function iteratorAfter(page) {
  const start = page.lastIndexOf(ITERATOR) + ITERATOR.length;
  return page.slice(start, page.indexOf('"', start));
}

const server = createServer((request, response) => {
  const { url } = request;
  if (url === '/') {
    put(request, response);
  } else if (url === PUBLISH) {
    publish(request, response);
  } else if (url.startsWith(RUNTIME)) {
    publisher.serve(url.slice(RUNTIME.length), request, response);
  } else if (url === COUNTS) {
    sendJson(response, JSON.stringify({ puts, published }));
  } else {
    response.writeHead(404).end();
  }
});
// The function keeps its connections while nobody puts.
server.keepAliveTimeout = 0;
server.listen(Number(PORT), '127.0.0.1', async () => {
  await publisher.ready;
  publishChanges();
  console.log(`READY http://${address}/`);
});
