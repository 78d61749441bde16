/**
 * The least that can tell subscribers of a mutation over WebSocket: what comes by POST goes to everybody, in the very frame
 * that AppSync's protocol has for it.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { id, payload } = JSON.parse(Buffer.concat(chunks).toString()).variables.input;
    const now = new Date().toISOString();
    const item = { id, version: 1, payload, createdAt: now, updatedAt: now };
    const body = JSON.stringify({ data: { putItem: item } });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
    const frame = Buffer.from(
      JSON.stringify({ id: '1', type: 'data', payload: { data: { onPutItem: item } } }),
    );
    for (const client of sockets.clients) client.send(frame, { binary: false });
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/`));
