import type { ApiModel, ResolverModel, UnavailableModel } from './app-model.ts';

/** What of the API does not run here, with the fields and authorizers that ask for it; first what most fields ask for. */
export function unavailableParts(api: ApiModel): UnavailableModel[] {
  const users = new Map<string, string[]>();
  const add = (reason: string, user: string): void => {
    users.set(reason, [...(users.get(reason) ?? []), user]);
  };
  for (const resolver of api.resolvers) {
    for (const reason of new Set(reasonsOf(resolver, api))) {
      add(reason, `${resolver.typeName}.${resolver.fieldName}`);
    }
  }
  for (const mode of api.authModes) {
    if (mode.type === 'AWS_LAMBDA' && mode.notRun !== undefined) {
      add(mode.notRun, 'the Lambda authorizer');
    }
  }
  return [...users]
    .map(([reason, names]) => ({ reason, users: names }))
    .sort((a, b) => b.users.length - a.users.length);
}

function reasonsOf(resolver: ResolverModel, api: ApiModel): string[] {
  const ofSource = (name: string): string[] =>
    api.dataSources.flatMap((source) =>
      source.name === name && source.type === 'NOT_RUN' ? [source.common ?? source.reason] : [],
    );
  switch (resolver.kind) {
    case 'NOT_RUN':
      return [resolver.common ?? resolver.reason];
    case 'UNIT':
      return ofSource(resolver.dataSourceName);
    case 'PIPELINE':
      return api.functions
        .filter(({ functionId }) => resolver.functionIds.includes(functionId))
        .flatMap(({ notRun, notRunCommon = notRun, dataSourceName }) =>
          notRunCommon === undefined ? ofSource(dataSourceName) : [notRunCommon],
        );
  }
}
