import { util, type Context } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { liveness } from '../../model/expiry.ts';
import { allOf, type Expression } from '../../model/expression.ts';
import { isGiven } from '../../model/given.ts';
import type { StoredItem } from '../../model/item.ts';
import { ownership, whose } from '../../model/permissions.ts';
import { type Attempt, busy, conflict, directWriteRefusal, type Refusal } from '../../model/refusals.ts';
import { callerOf } from './caller.ts';
import { type Attempted, isBusy, isConditionFailure, raiseWriteError } from './data-source-error.ts';
import { type WriteInput, writeInputRefusal } from './input.ts';
import { raise } from './raise.ts';

/** Which step of a writing pipeline is next. Steps stand in it several times: those whose turn it is not return early. */
export type Phase =
  /** The first write, also once more after it met a transaction. */
  | 'write'
  /** Reading the item, because the condition of the first write failed. */
  | 'read'
  /** Saying why, in view of the item as it was read, or another write, also once more. */
  | 'explain'
  /** The rounds of a batch (batch.ts). */
  | 'batch'
  /** None: there is an answer. */
  | 'done';

/** What the steps of a writing pipeline share in `ctx.stash`. */
export type WriteStash = {
  id: string;
  caller: Caller;
  expectedVersion: number | null;
  phase: Phase;
  /** The item as it was read after a refusal. */
  current: StoredItem | null;
  /**
   * What the mutation answers: the item as it was written, or as it was before it was deleted. Here and not in `ctx.prev.result`, since a
   * step that is skipped can hand on no null: AppSync was seen to fail in `runtime.earlyReturn(null)` (docs/adr/0024).
   */
  answer: StoredItem | null;
};

/** Checks what every write has in common and fills the stash of its pipeline. */
export function beginWrite(ctx: Context<{ input: WriteInput }>): Record<string, never> {
  const { input } = ctx.args;
  const caller = callerOf(ctx.identity);
  raise(writeInputRefusal(input, caller));
  ctx.stash.id = input.id;
  ctx.stash.caller = caller;
  ctx.stash.expectedVersion = input.expectedVersion ?? null;
  ctx.stash.phase = 'write';
  ctx.stash.current = null;
  ctx.stash.answer = null;
  return {};
}

/** Where a step that has nothing to do leads: to the end once there is an answer. */
export function whereTo({ phase }: WriteStash): 'END' | 'NEXT' {
  return phase === 'done' ? 'END' : 'NEXT';
}

/** What a writing pipeline answers. Ends the field where each try met a transaction. */
export function answerOf({ phase, answer }: WriteStash): StoredItem | null {
  if (phase !== 'done') {
    raise(busy());
  }
  return answer;
}

/** Keeps what the mutation answers. */
export function finish(stash: WriteStash, answer: StoredItem | null): null {
  stash.answer = answer;
  stash.phase = 'done';
  return null;
}

/**
 * The `response` of a pipeline's first write: keeps its result, or notes a refusal that the next steps explain. A write that met a
 * transaction has not been done, and is left to the next step, which is the same once more.
 */
export function endFirstWrite(ctx: Context, attempted?: Attempted): null {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, ctx.result as StoredItem | null);
  }
  if (isConditionFailure(ctx.error)) {
    stash.phase = 'read';
  } else if (!isBusy(ctx.error)) {
    raiseWriteError(ctx.error, attempted);
  }
  return null;
}

/**
 * The condition every direct write carries: the item has not expired, is the caller's to write, has the expected version and no
 * rules to keep. `newItemAllowed` says whether a missing item may pass.
 */
export function writeCondition({ caller, expectedVersion }: WriteStash, newItemAllowed: boolean): Expression {
  return allOf([
    { expression: 'attribute_not_exists(#kind)', names: { '#kind': 'kind' }, values: {} }, // part: validated-items
    liveness(util.time.nowEpochSeconds()),
    ...versionConditions(expectedVersion),
    ...(newItemAllowed ? [] : [presence('attribute_exists')]),
    ...ownerConditions(caller),
  ]);
}

function presence(test: 'attribute_exists' | 'attribute_not_exists'): Expression {
  return { expression: `${test}(#id)`, names: { '#id': 'id' }, values: {} };
}

function versionConditions(expectedVersion: number | null): Expression[] {
  if (!isGiven(expectedVersion)) {
    return [];
  }
  return expectedVersion === 0
    ? [presence('attribute_not_exists')]
    : [
        {
          expression: '#version = :expectedVersion',
          names: { '#version': 'version' },
          values: { ':expectedVersion': expectedVersion },
        },
      ];
}

/** A user may create an item: it becomes the user's own. */
function ownerConditions(caller: Caller): Expression[] {
  const own = ownership(caller, 'write');
  if (!isGiven(own)) {
    return [];
  }
  return isGiven(whose(caller, 'write').owner)
    ? [
        {
          expression: `(attribute_not_exists(#id) OR ${own.expression})`,
          names: { '#id': 'id', ...own.names },
          values: own.values,
        },
      ]
    : [own];
}

/** What the refusals of the model ask about. */
export function attemptOf({ id, caller, expectedVersion, current }: WriteStash): Attempt {
  return { id, caller, expectedVersion, current, now: util.time.nowEpochSeconds() };
}

/** Why the write is refused in view of the item as it was read; null when nothing speaks against it. */
export function seenRefusal(stash: WriteStash): Refusal | null {
  return directWriteRefusal(attemptOf(stash));
}

/** The reason, when there is any, or else that somebody was faster. */
export function explained(stash: WriteStash): Refusal {
  return seenRefusal(stash) || conflict(attemptOf(stash));
}
