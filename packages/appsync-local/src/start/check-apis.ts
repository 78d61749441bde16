import { loadSchema } from '../graphql/schema.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { Assembly } from '../template/assembly.ts';
import { apiTitles, readApp } from '../template/read-app.ts';

/** Why one GraphQL API of an assembly would not start; nothing when it would. */
export interface CheckedApi {
  stackName: string;
  logicalId: string;
  reasons: readonly string[];
}

/** Reads every GraphQL API of an assembly with its schema, as the start does: what AppSync and its limits would refuse. Merged ones are passed over. */
export const checkApis = (assembly: Assembly): CheckedApi[] =>
  apiTitles(assembly).map((title) => ({ ...title, reasons: reasonsAgainst(assembly, title) }));

function reasonsAgainst(
  assembly: Assembly,
  { stackName, logicalId }: Pick<CheckedApi, 'stackName' | 'logicalId'>,
): readonly string[] {
  try {
    const { api } = readApp(assembly, { apiLogicalId: `${stackName}/${logicalId}` });
    loadSchema(api.schema, api.authModes, api.logicalId);
    return [];
  } catch (error) {
    if (error instanceof StartFailure) {
      return error.reasons;
    }
    throw error;
  }
}
