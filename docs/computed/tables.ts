import { costTables } from '../costs/tables.ts';
import { operationTables } from '../operations/tables.ts';
import { proofTables } from '../proof/tables.ts';

/** The computed tables, by the name that a page asks for them with: `<!-- computed: NAME -->`. */
export const tables: Readonly<Record<string, () => string>> = {
  ...costTables, // part: costs
  ...operationTables,
  ...proofTables,
};
