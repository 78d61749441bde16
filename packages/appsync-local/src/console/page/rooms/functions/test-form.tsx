import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Problem } from '../../parts/problem.tsx';
import { Value } from '../../parts/value.tsx';
import { invoke } from './asks.ts';

interface TestFormProps {
  /** Of the Lambda function. */
  name: string;
  /** JSON, as typed. */
  payload: string;
  onPayload(text: string): void;
  /** @param id of the invocation; null in a server that records nothing */
  onInvoked(id: string | null): void;
}

type State = { kind: 'idle' } | { kind: 'running' } | { kind: 'refused'; problem: string } | Answered;

interface Answered {
  kind: 'answered';
  result: unknown;
}

/** Runs the function with an event of one's own, as Lambda's console does. It runs with its own role, and its writes are real. */
export function TestForm({ name, payload, onPayload, onInvoked }: TestFormProps) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const run = async (): Promise<void> => {
    const event = parsed(payload);
    if ('problem' in event) {
      setState({ kind: 'refused', problem: event.problem });
      return;
    }
    setState({ kind: 'running' });
    try {
      const { id, result } = await invoke(name, event.value);
      setState({ kind: 'answered', result });
      onInvoked(id);
    } catch (error) {
      setState({ kind: 'refused', problem: (error as Error).message });
    }
  };
  return (
    <details className="test-form">
      <summary>Test with an event</summary>
      <textarea
        aria-label="Event as JSON"
        spellCheck={false}
        value={payload}
        onChange={({ target }) => onPayload(target.value)}
      />
      <div className="tools">
        <Button className="button primary" isDisabled={state.kind === 'running'} onPress={() => void run()}>
          Invoke
        </Button>
        <span role="status">{state.kind === 'running' && 'Running…'}</span>
        <span className="empty">It runs with its own role, and its writes are real.</span>
      </div>
      <Problem text={state.kind === 'refused' ? state.problem : undefined} />
      {state.kind === 'answered' && <Value name="Answer" value={state.result} />}
    </details>
  );
}

function parsed(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: `The event is not JSON: ${(error as Error).message}.` };
  }
}
