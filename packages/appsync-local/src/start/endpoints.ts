import { StartFailure } from '../ground/start-failure.ts';
import type { ApiModel, AppModel, DataSourceModel } from '../template/app-model.ts';

type HttpSource = DataSourceModel & { type: 'HTTP' };

/**
 * Returns the app with other endpoints for HTTP data sources.
 *
 * @param endpoints URLs by the name of the data source
 * @throws StartFailure for a name that no HTTP data source has
 */
export function withEndpoints(app: AppModel, endpoints: ReadonlyMap<string, string>): AppModel {
  const { dataSources } = app.api;
  const wrong = [...endpoints.keys()].filter(
    (name) => !dataSources.some((source) => source.type === 'HTTP' && source.name === name),
  );
  if (wrong.length > 0) {
    throw new StartFailure(`--endpoint names ${wrong.map(quoted).join(', ')}; ${choiceOf(dataSources)}`);
  }
  const elsewhere = (source: DataSourceModel): DataSourceModel => {
    const endpoint = endpoints.get(source.name);
    return source.type === 'HTTP' && endpoint !== undefined ? { ...source, endpoint } : source;
  };
  return { ...app, api: { ...app.api, dataSources: dataSources.map(elsewhere) } };
}

const quoted = (name: string): string => `'${name}'`;

function choiceOf(dataSources: DataSourceModel[]): string {
  const names = dataSources.filter(({ type }) => type === 'HTTP').map(({ name }) => quoted(name));
  return names.length > 0
    ? `the HTTP data sources of the template are ${names.join(', ')}`
    : 'the template has no HTTP data source';
}

/** Fields that a note names; further ones are only counted. */
const FIELDS_NAMED = 3;

/** Says which requests leave this server, and with whose signature: one line for each endpoint that a field can reach. */
export function endpointNotes(
  { api }: AppModel,
  { endpoints, awsCredentials }: { endpoints?: ReadonlyMap<string, string>; awsCredentials?: object },
): string[] {
  return api.dataSources.flatMap((source) => {
    const fields = source.type === 'HTTP' ? fieldsOf(api, source.name) : [];
    if (source.type !== 'HTTP' || fields.length === 0) {
      return [];
    }
    const named = fields.slice(0, FIELDS_NAMED).join(', ');
    const more = fields.length > FIELDS_NAMED ? ` and ${fields.length - FIELDS_NAMED} more fields` : '';
    const line = `${named}${more}: requests go to ${source.endpoint} (HTTP data source ${source.name})`;
    return [`${line}${signatureOf(source, awsCredentials)}.${portNote(source, endpoints)}`];
  });
}

function signatureOf({ signing }: HttpSource, awsCredentials: object | undefined): string {
  if (!signing) {
    return '';
  }
  return awsCredentials
    ? ', signed with the AWS credentials of the environment'
    : ', signed with local credentials, which AWS refuses (--aws-credentials signs with yours)';
}

/** Seen on AWS: the connection times out (aws/aws-appsync-community#79). */
function portNote({ name, endpoint }: HttpSource, endpoints?: ReadonlyMap<string, string>): string {
  const { port } = URL.canParse(endpoint) ? new URL(endpoint) : { port: '' };
  return port === '' || port === '80' || port === '443' || endpoints?.has(name)
    ? ''
    : ` AppSync reaches ports 80 and 443 only, not ${port}.`;
}

/** The fields whose resolvers use a data source, directly or through an AppSync function. */
function fieldsOf({ resolvers, functions }: ApiModel, dataSource: string): string[] {
  const asking = new Set(
    functions.flatMap(({ functionId, dataSourceName }) =>
      dataSourceName === dataSource ? [functionId] : [],
    ),
  );
  return resolvers
    .filter((resolver) => {
      switch (resolver.kind) {
        case 'UNIT':
          return resolver.dataSourceName === dataSource;
        case 'PIPELINE':
          return resolver.functionIds.some((id) => asking.has(id));
        case 'NOT_RUN':
          return false;
      }
    })
    .map(({ typeName, fieldName }) => `${typeName}.${fieldName}`);
}
