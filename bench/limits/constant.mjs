/** The least a server can do: read the request's body, answer the same to everybody. */
import { createServer } from 'node:http';

const item = { id: 'bench-0', version: 1, payload: '{}', createdAt: '2026-01-01T00:00:00.000Z' };
const body = JSON.stringify({ data: { putItem: item, getItem: item } });
const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/`));
