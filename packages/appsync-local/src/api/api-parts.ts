import type { ApiSchema } from '../graphql/schema.ts';
import type { Delivery, MutationEvent } from '../graphql/subscription.ts';
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
  publish(event: MutationEvent): Delivery;
  /** Milliseconds that a request may take. @default 30,000, AppSync's quota */
  requestMs?: number;
  invalidate(invalidation: ResolverEffects['invalidations'][number]): void;
}
