import { util } from '@aws-appsync/utils';
import { isPast } from '../../model/expiry.ts';
import type { Expression } from '../../model/expression.ts';
import type { StoredItem } from '../../model/item.ts';
import { unchanged } from '../../model/unchanged.ts';

/** An expression as AppSync's requests have it, its values in DynamoDB's form. */
export type MarshalledExpression = {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Record<string, unknown>;
};

export function marshalled({ expression, names, values }: Expression): MarshalledExpression {
  return { expression, expressionNames: names, expressionValues: util.dynamodb.toMapValues(values) };
}

/** As the condition of an action of a transaction. @param returnsRow whether a failure hands back the row as it is */
export function transactCondition(condition: Expression, returnsRow: boolean) {
  return { ...marshalled(condition), returnValuesOnConditionCheckFailure: returnsRow };
}

/** The condition of an action in a transaction: the row is still what was read. */
export function stillRead(read: StoredItem | null, returnsRow: boolean) {
  const now = util.time.nowEpochSeconds();
  return transactCondition(unchanged(read, isPast(read?.expiresAt, now) ? now : null), returnsRow);
}
