// Deployed as it is: the AWS SDK is the one of the Lambda runtime.
const { DynamoDB } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');

const TableName = process.env.TABLE;
const table = DynamoDBDocument.from(new DynamoDB());

const fields = {
  async product({ sku }) {
    const { Item } = await table.get({ TableName, Key: { pk: 'product', sk: sku } });
    return Item && toProduct(Item);
  },

  async products() {
    const { Items } = await table.query({
      TableName,
      KeyConditionExpression: 'pk = :product',
      ExpressionAttributeValues: { ':product': 'product' },
    });
    return Items.map(toProduct);
  },

  async saveProduct({ sku, ...product }) {
    if (product.cents < 0) throw new PriceError(`${product.cents} cents`);
    await table.put({ TableName, Item: { pk: 'product', sk: sku, ...product } });
    return { sku, ...product };
  },

  async discontinue({ sku }) {
    await table.delete({ TableName, Key: { pk: 'product', sk: sku } });
    return true;
  },

  async stock() {
    const { Count } = await table.scan({ TableName, Select: 'COUNT' });
    return { items: Count };
  },
};

const toProduct = ({ sk, ...product }) => ({ ...product, sku: sk });

class PriceError extends Error {
  name = 'PriceError';
}

exports.handler = (event) => fields[event.info.fieldName](event.arguments, event);
