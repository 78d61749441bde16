/**
 * The same API on Amplify's simulator, whose resolvers are VTL templates. It knows nothing of APPSYNC_JS.
 * It waits for free ports from 20002 on; `url` of it is the address of another interface, so loopback stands in.
 */
import { AmplifyAppSyncSimulator } from '@aws-amplify/amplify-appsync-simulator';

const directives = '@aws_api_key';
const schema = `
  type Item ${directives} {
    id: ID!
    version: Int!
    payload: AWSJSON
    createdAt: AWSDateTime!
    updatedAt: AWSDateTime!
  }
  input PutItemInput { id: ID!, payload: AWSJSON, expectedVersion: Int }
  type Query { getItem(id: ID!): Item }
  type Mutation { putItem(input: PutItemInput!): Item! }
  type Subscription { onPutItem(id: ID): Item @aws_subscribe(mutations: ["putItem"]) }
`;

const getRequest = `{
  "version": "2018-05-29",
  "operation": "GetItem",
  "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) },
  "consistentRead": true
}`;

const putRequest = `
#set($now = $util.time.nowISO8601())
{
  "version": "2018-05-29",
  "operation": "UpdateItem",
  "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.input.id) },
  "update": {
    "expression": "SET payload = :payload, createdAt = if_not_exists(createdAt, :now), updatedAt = :now ADD version :one",
    "expressionValues": {
      ":payload": $util.dynamodb.toDynamoDBJson($ctx.args.input.payload),
      ":now": $util.dynamodb.toDynamoDBJson($now),
      ":one": { "N": "1" }
    }
  }
}`;

const response = `#if($ctx.error) $util.error($ctx.error.message, $ctx.error.type) #end $util.toJson($ctx.result)`;

const unit = (typeName, fieldName, requestMappingTemplate) => ({
  kind: 'UNIT',
  typeName,
  fieldName,
  dataSourceName: 'Items',
  requestMappingTemplate,
  responseMappingTemplate: response,
});

const simulator = new AmplifyAppSyncSimulator({ port: Number(process.env.PORT ?? 0) });
await simulator.start();
simulator.init({
  schema: { content: schema },
  resolvers: [unit('Query', 'getItem', getRequest), unit('Mutation', 'putItem', putRequest)],
  dataSources: [
    {
      name: 'Items',
      type: 'AMAZON_DYNAMODB',
      config: {
        endpoint: process.env.DYNAMODB_ENDPOINT,
        region: 'us-east-1',
        tableName: process.env.TABLE,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      },
    },
  ],
  appSync: {
    name: 'bench',
    defaultAuthenticationType: { authenticationType: 'API_KEY' },
    apiKey: 'da2-fakeApiId123456',
    additionalAuthenticationProviders: [],
  },
});
const { port } = new URL(simulator.url);
console.log(`READY http://127.0.0.1:${port}/graphql`);
