import type { RaisedError, ResolverEffects } from '../runtime/runtime.types.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';
import type { GraphQLErrorEntry } from './request.ts';

/** What a field's resolver came to. */
export interface FieldOutcome {
  value: unknown;
  /** Errors of `util.error` (then the value is null) and `util.appendError`. */
  errors: RaisedError[];
}

/** How one execution finds values; the walk over the selection is the same for requests and for subscribers' events. */
export interface FieldSource {
  /** Null when the caller may read the field, else the error that stands in its place. */
  refusal(plan: FieldPlan): RaisedError | null;
  /** The value of a field with a resolver; undefined for a field without one, which reads its parent's property. */
  resolve(plan: FieldPlan, source: unknown, args: Record<string, unknown>): Promise<FieldOutcome> | undefined;
  /** Called with each mutation field when it is done, and its completed value: `NULLED` when it failed. */
  completed?(plan: FieldPlan, value: unknown): void;
  /** True when leaves are already in their response form. */
  serialized: boolean;
  /** 0 means no limit. */
  depthLimit: number;
}

/** One request: where its values come from, and what its resolvers leave behind. */
export interface RequestRun {
  source: FieldSource;
  effects: ResolverEffects[];
  /** The mutation fields that came to a value, in their order. */
  mutated: { plan: FieldPlan; value: unknown }[];
}

/** One walk over a prepared operation. */
export interface Execution {
  operation: PreparedOperation;
  variables: Record<string, unknown>;
  source: FieldSource;
  errors: GraphQLErrorEntry[];
}

/** Stands for a null whose error has been recorded, on its way to the nearest nullable place. */
export const NULLED = Symbol('nulled');
