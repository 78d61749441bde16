import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AppSyncResolverEvent } from 'aws-lambda';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const { TABLE_NAME: TableName } = process.env;

interface Review {
  sku: string;
  stars: number;
  comment?: string;
}
type Arguments = Review & { first: number };

async function reviewsOf(sku: string): Promise<Review[]> {
  const found = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `reviews#${sku}` },
      ScanIndexForward: false,
    }),
  );
  return found.Items as Review[];
}

export async function handler({ info, arguments: given, source }: AppSyncResolverEvent<Arguments, Review>) {
  switch (`${info.parentTypeName}.${info.fieldName}`) {
    case 'Product.reviews':
      return (await reviewsOf(source!.sku)).slice(0, given.first);
    case 'Product.rating': {
      const reviews = await reviewsOf(source!.sku);
      return reviews.length > 0 ? reviews.reduce((sum, { stars }) => sum + stars, 0) / reviews.length : null;
    }
    case 'Mutation.review': {
      const { sku, stars, comment } = given;
      const Item = { pk: `reviews#${sku}`, sk: new Date().toISOString(), sku, stars, comment };
      await client.send(new PutCommand({ TableName, Item }));
      return Item;
    }
    default:
      throw new Error(`nobody knows ${info.parentTypeName}.${info.fieldName}`);
  }
}
