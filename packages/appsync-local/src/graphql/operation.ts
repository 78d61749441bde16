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

/** A validated operation, with everything that its executions share. */
export interface PreparedOperation {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  rootType: GraphQLObjectType;
  fragments: Record<string, FragmentDefinitionNode>;
  /** True when `@skip` or `@include` occurs, so that plans depend on the variables. */
  conditional: boolean;
  /** The root fields' plans after the first execution; unused for conditional operations. */
  rootPlans?: FieldPlan[];
}

/** One selected field of one object type, with everything that stays the same between executions. */
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
  /** Plans of the selected fields, by the object type that they are selected on. */
  below: Map<GraphQLObjectType, FieldPlan[]>;
  /** Arguments without variables, coerced once. */
  constantArguments?: Record<string, unknown>;
}
