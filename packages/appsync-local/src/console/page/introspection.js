const TYPE_REFERENCE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';

/** The part of the schema that the sample operations need. */
const QUERY = `query ConsoleSamples {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name
      fields { name args { name defaultValue type { ${TYPE_REFERENCE} } } type { ${TYPE_REFERENCE} } }
      inputFields { name defaultValue type { ${TYPE_REFERENCE} } }
      enumValues { name }
    }
  }
}`;

/**
 * Reads the schema as the chosen caller may see it; null when the server does not return it (the status line then says why).
 *
 * @param {(params: object) => Promise<{ data?: { __schema?: object } }>} fetcher
 */
export async function introspect(fetcher) {
  try {
    const { data } = await fetcher({ query: QUERY, operationName: 'ConsoleSamples' });
    return data?.__schema ?? null;
  } catch {
    return null;
  }
}
