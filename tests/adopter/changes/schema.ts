export const SCHEMA = 'schema/schema.graphql';
export const OPERATIONS = 'schema/operations/items.graphql';
