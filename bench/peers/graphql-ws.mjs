/** graphql-js behind node:http, with subscriptions by graphql-ws and the publish-subscribe of GraphQL Yoga. */
import { createServer } from 'node:http';
import { graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { resolvers, typeDefs } from './items.mjs';

const events = createPubSub();
const schema = createSchema({
  typeDefs: `${typeDefs} type Subscription { onPutItem: Item }`,
  resolvers: {
    ...resolvers,
    Mutation: {
      async putItem(...given) {
        const item = await resolvers.Mutation.putItem(...given);
        events.publish('put', { onPutItem: item });
        return item;
      },
    },
    Subscription: { onPutItem: { subscribe: () => events.subscribe('put') } },
  },
});

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
  const body = JSON.stringify(await graphql({ schema, source: query, variableValues: variables }));
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
});
useServer({ schema }, new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }));
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/graphql`));
