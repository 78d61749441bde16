import { HelperFailure } from '../interruption.ts';
import type { HelperTree } from '../realm.ts';

/** A helper that exists on AWS and not here. Code may import it; calling it fails and says so. */
const unsupported = (name: string) => () => {
  throw new HelperFailure(`${name} is not supported by the local server; it works on AWS only`);
};

const unsupportedAll = (prefix: string, names: string[]): HelperTree =>
  Object.fromEntries(names.map((name) => [name, unsupported(`${prefix}${name}`)]));

/** `util.rds`. */
export const rdsUtil: HelperTree = unsupportedAll('util.rds.', ['toJsonObject']);

/** `@aws-appsync/utils/rds`: there is no local relational data source to send its statements to. */
export const rdsModule: HelperTree = {
  ...unsupportedAll('@aws-appsync/utils/rds: ', [
    'select',
    'insert',
    'update',
    'remove',
    'createPgStatement',
    'createMySQLStatement',
    'sql',
    'toJsonObject',
  ]),
  typeHint: unsupportedAll('@aws-appsync/utils/rds: typeHint.', [
    'DATE',
    'DECIMAL',
    'JSON',
    'TIME',
    'TIMESTAMP',
    'UUID',
  ]),
  agg: unsupportedAll('@aws-appsync/utils/rds: agg.', [
    'max',
    'maxDistinct',
    'min',
    'minDistinct',
    'count',
    'countDistinct',
    'avg',
    'avgDistinct',
    'sum',
    'sumDistinct',
  ]),
};

/** `@aws-appsync/utils/ai`: there is no local Bedrock. */
export const aiModule: HelperTree = unsupportedAll('@aws-appsync/utils/ai: ', ['invokeModel', 'converse']);
