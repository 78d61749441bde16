import type { ApiSchema } from '../graphql/schema.ts';
import type { MutationEvent } from '../graphql/subscription.ts';
import type { Resolver } from '../resolver/resolver.ts';
import type { AppSyncRuntime, ResolverEffects } from '../runtime/runtime.types.ts';
import type { ApiModel } from '../template/app-model.ts';

/** The parts of a GraphQL API, and the receiver of its mutations. */
export interface ApiParts {
  api: ApiModel;
  schema: ApiSchema;
  runtime: AppSyncRuntime;
  /** By `Type.field`. */
  resolvers: Map<string, Resolver>;
  /** True while the mutation has subscribers; without any, no event is prepared. */
  isWatched(mutation: string): boolean;
  publish(event: MutationEvent): void;
  /** Receives a line for each query and mutation: how long it and its slowest fields took. @default nothing is measured */
  reportTiming?(line: string): void;
  invalidate(invalidation: ResolverEffects['invalidations'][number]): void;
}
