import { createHash } from 'node:crypto';
import type { Decision } from './authorizer-answer.ts';

/** Caches decisions of a Lambda authorizer by token, each for as long as it stays valid. */
export interface DecisionCache {
  get(token: string): Decision | undefined;
  /** @param ttlSeconds 0 keeps nothing */
  put(token: string, decision: Decision, ttlSeconds: number): void;
}

/** Answers of this size or larger are not cached (AppSync developer guide, "AWS_LAMBDA authorization"). */
const UNCACHED_FROM_BYTES = 1_048_576;
/** At most an hour (API reference, LambdaAuthorizerConfig). */
const LONGEST_SECONDS = 3600;
/** Limits the memory of a server that runs for days; the oldest entry goes first. */
const MOST_ENTRIES = 10_000;

/** @param now epoch milliseconds. */
export function createDecisionCache(now: () => number): DecisionCache {
  const kept = new Map<string, { decision: Decision; until: number }>();
  return {
    get(token) {
      const key = keyOf(token);
      const entry = kept.get(key);
      if (entry !== undefined && now() < entry.until) {
        return entry.decision;
      }
      kept.delete(key);
      return undefined;
    },
    put(token, decision, ttlSeconds) {
      if (ttlSeconds <= 0 || decision.bytes >= UNCACHED_FROM_BYTES) {
        return;
      }
      if (kept.size >= MOST_ENTRIES) {
        kept.delete(kept.keys().next().value!);
      }
      kept.set(keyOf(token), { decision, until: now() + Math.min(ttlSeconds, LONGEST_SECONDS) * 1000 });
    },
  };
}

/** Hashed, since tokens may be long and need not stay in memory. */
const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');
