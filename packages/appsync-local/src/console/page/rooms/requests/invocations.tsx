import { useEffect, useState } from 'react';
import type { InvocationSummary } from '../../../../functions/function-view.ts';
import { localJson } from '../../api/local-route.ts';
import { durationText } from '../../ground/words.ts';

/** The Lambda functions that a request made run, each with the way to its invocation. */
export function Invocations({ id }: { id: string }) {
  const invocations = useInvocations(id);
  return invocations.length === 0 ? null : (
    <ul className="detail-lines" aria-label="Lambda functions">
      {invocations.map((one) => (
        <li key={one.id}>
          <a href={`#functions/lambda/${encodeURIComponent(one.functionName)}/${one.id}`}>
            {one.functionName}
          </a>{' '}
          <code className={one.error === null ? 'good' : 'bad'}>{summaryOf(one)}</code>
        </li>
      ))}
    </ul>
  );
}

/** A server that keeps no invocations has none. */
function useInvocations(id: string): InvocationSummary[] {
  const [invocations, setInvocations] = useState<InvocationSummary[]>([]);
  useEffect(() => {
    let isOver = false;
    localJson<{ invocations: InvocationSummary[] }>(
      `/_local/functions/invocations?request=${encodeURIComponent(id)}`,
    ).then(
      (list) => void (isOver || setInvocations(list.invocations)),
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [id]);
  return invocations;
}

function summaryOf({ error, durationMs, totalMs, initMs, maxMemoryMb }: InvocationSummary): string {
  const ms = durationMs ?? totalMs;
  return [
    error ?? (totalMs === null ? 'running' : 'answered'),
    ...(ms === null ? [] : [durationText(ms)]),
    ...(initMs === null ? [] : [`cold start ${durationText(initMs)}`]),
    ...(maxMemoryMb === null ? [] : [`${maxMemoryMb} MB used`]),
  ].join(', ');
}
