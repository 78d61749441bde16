/** The differences between the two kinds of database. */
export interface Dialect {
  /** Used in messages. */
  name: 'Postgres' | 'MySQL';
  /** Around each identifier. */
  quote: '"' | '`';
}

export const POSTGRES: Dialect = { name: 'Postgres', quote: '"' };
export const MYSQL: Dialect = { name: 'MySQL', quote: '`' };

/** `private.persons` as `"private"."persons"`; a quote inside a name is doubled, as both databases require. */
export const quoted = (name: string, { quote }: Dialect): string =>
  name
    .split('.')
    .map((segment) => `${quote}${segment.replaceAll(quote, quote + quote)}${quote}`)
    .join('.');
