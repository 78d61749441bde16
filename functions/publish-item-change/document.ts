import { CHANGE_MEMBERS } from '../../model/change-log.ts';
import { itemMembers } from '../../model/item.ts';

/** Everything that a subscriber may select: what a mutation does not select is null for all of them. */
const SELECTION = `fragment Published on ItemChange {
  ${CHANGE_MEMBERS.join(' ')}
  item { ...Whole }
  previous { ...Whole }
}
fragment Whole on Item { ${itemMembers().join(' ')} }`;

/** The name of the field and the variable of the n-th change. */
export const nameOf = (index: number): string => `c${index}`;

/**
 * A mutation that publishes several changes, in order. A single one has no alias, because aliased mutations were seen to reach
 * no subscribers (dillonkearns/elm-graphql#106).
 */
export function documentOf(count: number): string {
  const names = Array.from({ length: count }, (_, index) => nameOf(index));
  const fields = names.map(
    (name) => `${count > 1 ? `${name}: ` : ''}publishItemChange(input: $${name}) { ...Published }`,
  );
  const variables = names.map((name) => `$${name}: ItemChangeInput!`);
  return `mutation PublishItemChanges(${variables.join(', ')}) {\n  ${fields.join('\n  ')}\n}\n${SELECTION}`;
}

/** Documents as JSON, by their number of changes. */
const documents = new Map<number, string>();

/** The body of a request. @param inputs the variables as JSON, in order */
export function bodyOf(inputs: readonly string[]): string {
  const document = documents.get(inputs.length) ?? JSON.stringify(documentOf(inputs.length));
  documents.set(inputs.length, document);
  const variables = inputs.map((json, index) => `"${nameOf(index)}":${json}`);
  return `{"query":${document},"variables":{${variables.join(',')}}}`;
}
