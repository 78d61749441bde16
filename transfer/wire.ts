import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { DynamoDBClient, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';

type Command = ScanCommand | TransactWriteItemsCommand;

/** The part of an HTTP message that the SDK's middleware shows. */
interface Message {
  statusCode?: number;
  body: unknown;
}

/**
 * Sends a command with the text of its body, and returns what was answered as JSON has it: binary is base64. The SDK finds credentials and
 * endpoint, signs, and throws the errors of DynamoDB. By itself it would also make a copy of every value of input and output by its schema.
 *
 * @param command Its input says no more than which table: the body stands for it.
 * @throws what the SDK throws
 */
export async function sendText<Answer>(
  client: DynamoDBClient,
  command: Command,
  body: string,
): Promise<Answer> {
  let answer: Answer | undefined;
  const { middlewareStack } = command as ScanCommand;
  middlewareStack.add(
    (next) => (args) => {
      (args.request as Message).body = body;
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'textOfBody' },
  );
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as Message;
      if (response.statusCode === 200) {
        answer = JSON.parse(await text(response.body as Readable)) as Answer;
        response.body = NOTHING;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'textOfAnswer' },
  );
  await client.send(command as ScanCommand);
  return answer!;
}

const NOTHING = Buffer.from('{}');
