/** Runs the app on Amplify's simulator, which has no command line. It looks for free ports from 20002 on. */
import { AmplifyAppSyncSimulator } from '@aws-amplify/amplify-appsync-simulator';

const simulator = new AmplifyAppSyncSimulator({ port: Number(process.env.PORT) });
await simulator.start();
simulator.init({
  schema: { content: 'type Query { greeting(name: String!): String }' },
  resolvers: [
    {
      kind: 'UNIT',
      typeName: 'Query',
      fieldName: 'greeting',
      dataSourceName: 'None',
      requestMappingTemplate: '{ "version": "2018-05-29", "payload": "Hello, $ctx.args.name" }',
      responseMappingTemplate: '$util.toJson($ctx.result)',
    },
  ],
  dataSources: [{ name: 'None', type: 'NONE' }],
  appSync: {
    name: 'hello',
    defaultAuthenticationType: { authenticationType: 'API_KEY' },
    apiKey: 'da2-fakeApiId123456',
    additionalAuthenticationProviders: [],
  },
});
