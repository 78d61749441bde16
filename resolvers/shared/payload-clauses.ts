import { util } from '@aws-appsync/utils';
import type { PayloadFilterInput } from '../../schema/generated/schema.ts';
import { attribute, clause, type Terms } from './filter-terms.ts';
import { badRequest, isGiven } from './input.ts';
import { joined } from './joined.ts';
import { payloadPath, type Step } from './payload-path.ts';

/** A condition on a value inside the payload as clauses, all of which must hold. */
export function payloadClauses(condition: PayloadFilterInput, terms: Terms): string[] {
  const targets = targetsOf(terms, payloadPath(condition.path));
  const operators = condition as unknown as Record<string, unknown>;
  const names = Object.keys(operators).filter((operator) => operator !== 'path');
  if (names.length === 0) {
    badRequest(`the condition on ${util.escapeJavaScript(condition.path)} has no operator`, 'filter.payload');
  }
  return askedFor(names, operators).map((operator) => {
    const clauses = targets.map((target) =>
      clause(terms, target, operator, operators[operator], `filter.payload.${operator}`),
    );
    return joined(clauses, isNegative(operator, operators[operator]) ? ' AND ' : ' OR ');
  });
}

/**
 * Null is as good as absent, for optional variables arrive as null. Of `eq` and `ne` it may also be JSON's null, which counts unless an
 * operator stands beside it that no null meets.
 */
function askedFor(names: string[], operators: Record<string, unknown>): string[] {
  const given = names.filter((operator) => isGiven(operators[operator]));
  const takesNull = given.every((operator) => operator === 'exists');
  return names.filter(
    (operator) => isGiven(operators[operator]) || (takesNull && (operator === 'eq' || operator === 'ne')),
  );
}

/** Of the places that a path may lead to there is at most one: a negative operator must hold at all, others at any. */
function isNegative(operator: string, operand: unknown): boolean {
  return operator === 'ne' || (operator === 'exists' && !operand);
}

/** The places that a path may lead to, as document paths of an expression. */
function targetsOf(terms: Terms, steps: Step[]): string[] {
  let targets = [attribute(terms, 'payload')];
  steps.forEach(({ text, kind }) => {
    const positions = kind === 'name' ? [] : targets.map((target) => `${target}[${text}]`);
    const members = kind === 'position' ? [] : targets.map((target) => `${target}.${attribute(terms, text)}`);
    targets = [...positions, ...members];
  });
  return targets;
}
