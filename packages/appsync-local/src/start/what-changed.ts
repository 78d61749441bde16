import type { ApiModel, AppModel } from '../template/app-model.ts';
import { codesOf } from '../template/codes-of.ts';

/**
 * What of an app is another than before, for people; empty when nothing is.
 * @param functions the names of Lambda functions that differ
 */
export function whatChanged(before: AppModel, after: AppModel, functions: string[]): string[] {
  const texts = new Map(codesOf(before.api).map(({ logicalId, text }) => [logicalId, text]));
  const codes = codesOf(after.api).filter(({ logicalId, text }) => texts.get(logicalId) !== text);
  const tables = new Map(before.tables.map((table) => [table.tableName, JSON.stringify(table)]));
  const altered = after.tables.filter((table) => tables.get(table.tableName) !== JSON.stringify(table));
  return [
    ...(before.api.schema === after.api.schema ? [] : ['schema']),
    ...altered.map(({ tableName }) => `table ${tableName}`),
    ...codes.map(({ title }) => title),
    ...functions.map((name) => `Lambda function ${name}`),
    ...(JSON.stringify(restOf(before)) === JSON.stringify(restOf(after)) ? [] : ['settings of the app']),
  ];
}

/** Everything but code, schema and tables. */
function restOf({ api, tables: _, lambdaFunctions, ...app }: AppModel): object {
  const { schema: _schema, functions, resolvers, ...rest }: ApiModel = api;
  const withoutCode = (unit: object): object => ({ ...unit, code: 'code' in unit });
  return {
    ...app,
    api: { ...rest, functions: functions.map(withoutCode), resolvers: resolvers.map(withoutCode) },
    functions: lambdaFunctions.map(({ arn }) => arn),
  };
}
