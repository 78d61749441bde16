import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';

/** A document that does not fit the schema, and what AppSync says of it. */
export interface DocumentRow {
  id: string;
  /** What the document does wrong. */
  wrong: string;
  query: string;
  /** All messages, without `Validation error of type `. */
  says: string[];
  source: string;
  evidence: Evidence;
}

/** Deduced from a class of graphql-java 11. */
export const GJ = (rule: string): Pick<DocumentRow, 'source' | 'evidence'> => ({
  source: `graphql-java v11, ${rule}`,
  evidence: 'inferred',
});
export const observed = (source: string): Pick<DocumentRow, 'source' | 'evidence'> => ({
  source,
  evidence: 'observed',
});

/** The document is answered with these messages and nothing else. */
export const documentCheck = ({ id, wrong, query, says, source, evidence }: DocumentRow): Check => ({
  id,
  promise: `reports ${wrong}: ${says[0]?.split(':')[0]}`,
  source,
  evidence,
  async run({ graphql }) {
    const { data, errors = [] } = await graphql(query);
    assert.equal(data, null);
    assert.deepEqual(
      errors.map(({ message }) => message),
      says.map((text) => `Validation error of type ${text}`),
    );
  },
});
