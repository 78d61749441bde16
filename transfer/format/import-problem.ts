import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { checkDepth, memberName } from './attribute-value.ts';
import { checkRow } from './check-row.ts';
import type { Row } from './row.ts';
import { below, Unfit } from './unfit.ts';

/** Why an import would refuse a row that a script or an SDK wrote; null for every row that the API wrote. */
export function importProblem(row: Row): string | null {
  try {
    checkRow(row, (name) => below('', name));
    for (const [name, value] of Object.entries(row)) {
      checkValue(value, below('', name), 0);
    }
    return null;
  } catch (error) {
    if (error instanceof Unfit) {
      return error.message;
    }
    throw error;
  }
}

/** DynamoDB's emulators may contain values that DynamoDB refuses. @throws Unfit */
function checkValue(value: AttributeValue, pointer: string, depth: number): void {
  if (value.L === undefined && value.M === undefined) {
    return;
  }
  checkDepth(depth, pointer);
  value.L?.forEach((element, index) => checkValue(element, below(pointer, index), depth + 1));
  for (const [name, member] of Object.entries(value.M ?? {})) {
    memberName(name, pointer);
    checkValue(member, below(pointer, name), depth + 1);
  }
}
