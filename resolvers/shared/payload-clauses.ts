import { util } from '@aws-appsync/utils';
import { joined } from '../../model/expression.ts';
import { askedOperators, clause, isNegative, operandRefusal, type Terms } from '../../model/filter.ts';
import { pathRefusal, stepsOf, targetsOf } from '../../model/payload-path.ts';
import { badRequest } from '../../model/refusals.ts';
import type { PayloadFilterInput } from '../../schema/generated/schema.ts';
import { raise } from './raise.ts';
import { checkTexts } from './text.ts';

/** A condition on a value inside the payload as clauses, all of which must hold. */
export function payloadClauses(condition: PayloadFilterInput, terms: Terms): string[] {
  const { path, ...operators } = condition;
  checkTexts(path, 'filter.payload.path');
  raise(pathRefusal(path));
  if (Object.keys(operators).length === 0) {
    raise(
      badRequest(
        'filter_operator_missing',
        `the condition on ${util.escapeJavaScript(path)} has no operator`,
        'filter.payload',
      ),
    );
  }
  const operands: Record<string, unknown> = operators;
  const asked = askedOperators(operands);
  // DynamoDB refuses names that the expression does not use.
  const targets = asked.length > 0 ? targetsOf(terms, stepsOf(path)) : [];
  return asked.map((operator) => {
    const operand = operands[operator];
    const field = `filter.payload.${operator}`;
    checkTexts(operand, field);
    raise(operandRefusal(operator, operand, field));
    const clauses = targets.map((target) => clause(terms, target, operator, operand));
    // Of the places that a path may lead to there is at most one: a negative operator must hold at all, others at any.
    return joined(clauses, isNegative(operator, operand) ? ' AND ' : ' OR ');
  });
}
