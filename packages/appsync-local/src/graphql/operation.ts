import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import type { TypeShape } from './coercion/type-shape.ts';

/** An operation that passed validation, with all that its executions have in common. */
export interface PreparedOperation {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  rootType: GraphQLObjectType;
  fragments: Record<string, FragmentDefinitionNode>;
  /** True when `@skip` or `@include` occur, so that plans depend on the variables. */
  conditional: boolean;
  /** The root fields once planned; not used for conditional operations. */
  rootPlans?: FieldPlan[];
}

/** One field of one object type as an operation selects it, with everything that does not change between executions. */
export interface FieldPlan {
  responseName: string;
  fieldName: string;
  /** `Type.field`. */
  coordinate: string;
  parentType: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  /** Of the field's type. */
  shape: TypeShape;
  /** Every node that selects this response name; the first one gives the location of errors. */
  nodes: FieldNode[];
  selectionSets: SelectionSetNode[];
  /** Plans of the fields below, by the object type they are selected on. */
  below: Map<GraphQLObjectType, FieldPlan[]>;
  /** Arguments that name no variable, coerced once. */
  constantArguments?: Record<string, unknown>;
}
