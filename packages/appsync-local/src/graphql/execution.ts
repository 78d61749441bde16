import type { RaisedError, ResolverEffects } from '../runtime/runtime.types.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';
import type { Path } from './path.ts';
import type { GraphQLErrorEntry } from './request.ts';

/** The outcome of a field's resolver. */
export interface FieldOutcome {
  value: unknown;
  /** Errors of `util.error` (then the value is null) and `util.appendError`. */
  errors: RaisedError[];
}

/** Supplies the values of an execution; requests and subscribers' events share the walk over the selection. */
export interface FieldSource {
  /** Null when the caller may read the field, else the error to report in its place. */
  refusal(plan: FieldPlan): RaisedError | null;
  /** The value of a field with a resolver; undefined for a field without one, which reads its parent's property. */
  resolve(
    plan: FieldPlan,
    source: unknown,
    args: Record<string, unknown>,
    path: Path,
  ): Promise<FieldOutcome> | undefined;
  /** Called after each mutation field, with its completed value: `NULLED` when it failed. */
  completed?(plan: FieldPlan, value: unknown): void;
  /** True when leaves are already in their response form. */
  serialized: boolean;
  /** 0 means no limit. */
  depthLimit: number;
}

/** One request: the source of its values, and the effects of its resolvers. */
export interface RequestRun {
  source: FieldSource;
  effects: ResolverEffects[];
  /** The mutation fields that succeeded, in order. */
  mutated: { plan: FieldPlan; value: unknown }[];
}

/** One walk over a prepared operation. */
export interface Execution {
  operation: PreparedOperation;
  variables: Record<string, unknown>;
  source: FieldSource;
  errors: GraphQLErrorEntry[];
}

/** Replaces a null whose error has been recorded, up to the nearest nullable place. */
export const NULLED = Symbol('nulled');
