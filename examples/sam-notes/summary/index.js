const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, GetCommand } = require('@aws-sdk/lib-dynamodb');

const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const WORDS = { short: 3, long: 12 };

/** The first words of a note, which it reads itself. */
exports.handler = async ({ id }) => {
  const { Item } = await table.send(new GetCommand({ TableName: process.env.TABLE, Key: { id } }));
  const words = Item.text.split(' ');
  const most = WORDS[process.env.STYLE];
  return words.length > most ? `${words.slice(0, most).join(' ')} …` : Item.text;
};
