import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { InvocationView } from '../../../../functions/function-view.ts';
import { durationText, timeText } from '../../ground/words.ts';
import { Value } from '../../parts/value.tsx';
import { loadInvocation, reasonOf } from './asks.ts';
import { msText, outcomeText } from './invocation-table.tsx';
import { LogLines } from './log-lines.tsx';

interface InvocationDetailProps {
  id: string;
  /** Takes the event for a test. */
  onUse(payload: string): void;
}

/** Milliseconds until one that runs is looked at again. */
const AGAIN_MS = 1_000;

/** One invocation: its event, its answer, and what it logged. */
export function InvocationDetail({ id, onUse }: InvocationDetailProps) {
  const { invocation, problem } = useInvocation(id);
  if (!invocation) {
    return (
      <p className={problem === undefined ? 'empty' : 'notice'} role="status">
        {problem ?? 'Loading…'}
      </p>
    );
  }
  const { payload, result, lines, error } = invocation;
  return (
    <section aria-label="The invocation">
      <InvocationFacts {...invocation} />
      {error !== null && (
        <ul className="detail-errors" aria-label="Errors">
          <li>{error}</li>
        </ul>
      )}
      <LogLines lines={lines} label="Log lines of the invocation" isOfOne />
      <div className="values">
        <Value name="Event" value={payload} />
        {result !== null && <Value name="Answer" value={answerOf(result)} />}
      </div>
      <div className="tools">
        <Button className="button" onPress={() => onUse(JSON.stringify(payload, null, 2))}>
          Use this event in the test
        </Button>
      </div>
    </section>
  );
}

function useInvocation(id: string): { invocation?: InvocationView; problem?: string } {
  const [known, setKnown] = useState<{ invocation?: InvocationView; problem?: string }>({});
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      loadInvocation(id).then(
        (invocation) => {
          if (!isOver) {
            setKnown({ invocation });
            timer = invocation.totalMs === null ? setTimeout(look, AGAIN_MS) : undefined;
          }
        },
        (error: unknown) => void (isOver || setKnown({ problem: reasonOf(error) })),
      );
    };
    look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id]);
  return known;
}

function InvocationFacts(invocation: InvocationView) {
  const { id, at, by, requestId, attempts, durationMs, initMs, totalMs, maxMemoryMb, error } = invocation;
  return (
    <p className="facts">
      <span className={error === null ? 'good' : 'bad'}>{outcomeText(invocation)}</span>
      <span>{msText(durationMs ?? totalMs)}</span>
      {initMs !== null && <span>cold start {durationText(initMs)}</span>}
      {maxMemoryMb !== null && <span>{maxMemoryMb} MB used</span>}
      {attempts > 1 && <span>{attempts} attempts</span>}
      <time dateTime={at}>{timeText(new Date(at))}</time>
      <span>{by}</span>
      <code>{id}</code>
      {requestId !== null && <a href={`#requests/${requestId}`}>Show the request</a>}
    </p>
  );
}

/** What the function returned; an error as it is. */
function answerOf(result: NonNullable<InvocationView['result']>): unknown {
  return 'kind' in result && result.kind === 'answer' ? result.payload : result;
}
