import type { DynamoDbClient } from '../../database/dynamodb-client.ts';
import { accessDenied } from '../../database/dynamodb-error.ts';
import type { Judge } from '../../iam/access.ts';
import { dynamoDbAccesses, type TablePlace } from '../../iam/dynamodb-access.ts';

/**
 * A client that calls as a role, and is refused what the role may not do (docs/facts/iam.md#dynamodb-denied).
 * @param judge undefined refuses nothing
 */
export function authorizedClient(
  client: DynamoDbClient,
  judge: Judge | undefined,
  place: TablePlace,
): DynamoDbClient {
  if (!judge) {
    return client;
  }
  return {
    call: async (operation, input, read) => {
      for (const access of dynamoDbAccesses(operation, input, place)) {
        const refusal = judge(access);
        if (refusal) {
          throw accessDenied(refusal.message);
        }
      }
      return client.call(operation, input, read);
    },
    close: () => client.close(),
  };
}
