const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, ScanCommand } = require('@aws-sdk/lib-dynamodb');

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

exports.handler = async () => {
  const { Count } = await client.send(new ScanCommand({ TableName: process.env.TABLE }));
  return Count;
};
