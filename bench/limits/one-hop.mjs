/** The least that can put and get an item over HTTP in Node.js: `hop` says what that is. */
import { createServer } from 'node:http';
import { hop } from './hop.mjs';

const server = createServer(hop);
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/`));
