import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { RequestRefused } from '../auth/caller.ts';
import { isNestedDeeper, MAX_NESTING } from '../ground/nesting.ts';
import { exactVariables } from './coercion/exact-variables.ts';
import { coerceVariables } from './coercion/variables.ts';
import { checkExtent } from './document-extent.ts';
import { requestError } from './errors.ts';
import type { PreparedOperation } from './operation.ts';
import type { GraphQLErrorEntry, GraphQLRequest } from './request.ts';
import { createValidate } from './validation/validate.ts';

/** AppSync quota: tokens in a query document (AWS General Reference, AppSync quotas). */
const MAX_TOKENS = 15_000;
/**
 * Cached documents; the first to go is one that was not used again. Clients send few distinct texts, and short ones. A parsed
 * document takes some 80 bytes a character (measured 2026-11-24), so their length is limited as well as their number.
 */
const KEPT_DOCUMENTS = 500;
const KEPT_TEXT_LENGTH = 50_000;
const KEPT_TEXTS_LENGTH = 1_000_000;

interface PreparedDocument {
  /** Whether it was used again since it was cached or last spared. */
  used: boolean;
  errors: GraphQLErrorEntry[];
  operations: PreparedOperation[];
}

export type Prepared =
  | { kind: 'ready'; operation: PreparedOperation; variables: Record<string, unknown> }
  | { kind: 'invalid'; errors: GraphQLErrorEntry[] };

/**
 * Turns a document's text into a validated operation and coerced variables. @throws RequestRefused when AppSync answers with
 * status 400
 */
export type Prepare = (request: GraphQLRequest) => Prepared;

export function createPrepare(schema: GraphQLSchema, introspectionEnabled: boolean): Prepare {
  const validate = createValidate(schema, introspectionEnabled);
  const documents = new Map<string, PreparedDocument>();
  let keptLength = 0;

  const forget = (query: string): void => {
    if (documents.delete(query)) {
      keptLength -= query.length;
    }
  };

  const prepareDocument = (query: string): PreparedDocument => {
    const document = parseQuery(query);
    checkExtent(document);
    const errors = validate(document);
    return errors.length > 0
      ? { used: false, errors: errors.map(requestError), operations: [] }
      : { used: false, errors: [], operations: operationsOf(schema, document) };
  };

  const keep = (query: string, document: PreparedDocument): void => {
    documents.set(query, document);
    keptLength += query.length;
  };

  /** Drops the oldest document that was not used again since the last time; the others start anew. */
  const makeRoom = (): void => {
    while (documents.size > KEPT_DOCUMENTS || keptLength > KEPT_TEXTS_LENGTH) {
      const [query, document] = documents.entries().next().value!;
      forget(query);
      if (document.used) {
        keep(query, document);
      }
      document.used = false;
    }
  };

  const documentFor = (query: string): PreparedDocument => {
    const known = documents.get(query);
    if (known) {
      known.used = true;
      return known;
    }
    const document = prepareDocument(query);
    if (query.length <= KEPT_TEXT_LENGTH) {
      keep(query, document);
      makeRoom();
    }
    return document;
  };

  return ({ query, operationName, variables, variablesIn }) => {
    if (isNestedDeeper(variables)) {
      const message = `The variables are nested more than ${MAX_NESTING} levels deep.`;
      throw new RequestRefused(400, 'BadRequestException', message);
    }
    const { errors, operations } = documentFor(query);
    if (errors.length > 0) {
      return { kind: 'invalid', errors };
    }
    const operation = chooseOperation(operations, operationName ?? null);
    if (!operation.rootType) {
      return { kind: 'invalid', errors: [requestError(rootTypeMissing(operation.operation))] };
    }
    const definitions = operation.operation.variableDefinitions ?? [];
    const given = definitions.length > 0 && variables ? exact(variables, variablesIn) : {};
    const coerced = coerceVariables(schema, definitions, given);
    return coerced.kind === 'unfit'
      ? { kind: 'invalid', errors: [coerced.error] }
      : { kind: 'ready', operation, variables: coerced.values };
  };
}

const exact = (variables: Record<string, unknown>, text: string | undefined): Record<string, unknown> =>
  text === undefined ? variables : exactVariables(text, variables);

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch {
    // AppSync gives one answer to a syntax error, too many tokens, and nesting deeper than the parser's stack.
    throw new RequestRefused(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  }
}

function operationsOf(schema: GraphQLSchema, document: DocumentNode): PreparedOperation[] {
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const conditional = hasConditions(document);
  return document.definitions.flatMap((operation) =>
    operation.kind === Kind.OPERATION_DEFINITION
      ? [{ schema, operation, rootType: schema.getRootType(operation.operation)!, fragments, conditional }]
      : [],
  );
}

function hasConditions(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: ({ name }) => {
      found ||= name.value === 'skip' || name.value === 'include';
    },
  });
  return found;
}

/** graphql-java 11, `MissingRootTypeException`. */
function rootTypeMissing(node: OperationDefinitionNode): GraphQLError {
  return new GraphQLError(`Schema is not configured for ${PLURALS[node.operation]}.`, { nodes: node });
}

const PLURALS = { query: 'queries', mutation: 'mutations', subscription: 'subscriptions' };

function chooseOperation(operations: PreparedOperation[], operationName: string | null): PreparedOperation {
  if (operationName === null || operationName === '') {
    if (operations.length !== 1) {
      throw new RequestRefused(400, 'BadRequestException', 'Missing operation name.');
    }
    return operations[0]!;
  }
  const chosen = operations.find(({ operation }) => operation.name?.value === operationName);
  if (!chosen) {
    throw new RequestRefused(400, 'BadRequestException', `Unknown operation named '${operationName}'.`);
  }
  return chosen;
}
