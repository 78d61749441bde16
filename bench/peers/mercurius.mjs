import Fastify from 'fastify';
import mercurius from 'mercurius';
import { resolvers, typeDefs } from './items.mjs';

const app = Fastify();
// `jit: 1` compiles a document when it comes for the second time: the quickest that Mercurius has.
await app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 });
console.log(`READY ${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
