import { isNamedType, type GraphQLType } from 'graphql';

/** The name of a type as this generation of graphql-java prints it: lists and non-null types have no name (observed). */
export const nameOfType = (type: GraphQLType): string => (isNamedType(type) ? type.name : 'null');
