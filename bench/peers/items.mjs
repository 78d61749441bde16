/** The API's two fields as one would write them on a GraphQL server of one's own, with the AWS SDK's document client. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { GraphQLScalarType, Kind } from 'graphql';

const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint: process.env.DYNAMODB_ENDPOINT,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
);
const TableName = process.env.TABLE;

export const typeDefs = `
  scalar AWSJSON
  scalar AWSDateTime
  type Item {
    id: ID!
    version: Int!
    payload: AWSJSON
    createdAt: AWSDateTime!
    updatedAt: AWSDateTime!
  }
  input PutItemInput { id: ID!, payload: AWSJSON, expectedVersion: Int }
  type Query { getItem(id: ID!): Item }
  type Mutation { putItem(input: PutItemInput!): Item! }
`;

const AWSJSON = new GraphQLScalarType({
  name: 'AWSJSON',
  parseValue: (text) => JSON.parse(text),
  parseLiteral: (node) => (node.kind === Kind.STRING ? JSON.parse(node.value) : undefined),
  serialize: (value) => JSON.stringify(value),
});

export const resolvers = {
  AWSJSON,
  Query: {
    async getItem(_, { id }) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
      return Item ?? null;
    },
  },
  Mutation: {
    async putItem(_, { input: { id, payload, expectedVersion } }) {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: { id },
          UpdateExpression:
            'SET payload = :payload, createdAt = if_not_exists(createdAt, :now), updatedAt = :now ADD version :one',
          ExpressionAttributeValues: {
            ':payload': payload ?? null,
            ':now': new Date().toISOString(),
            ':one': 1,
            ...(expectedVersion > 0 && { ':expected': expectedVersion }),
          },
          ...(expectedVersion > 0 && { ConditionExpression: 'version = :expected' }),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes;
    },
  },
};
