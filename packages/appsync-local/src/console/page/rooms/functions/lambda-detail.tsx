import { useState } from 'react';
import type { LambdaView } from '../../../../functions/function-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { Problem } from '../../parts/problem.tsx';
import { useRepeated } from '../../parts/use-repeated.ts';
import { loadInvocations, reasonOf } from './asks.ts';
import { Facts, Several } from './facts.tsx';
import { InvocationDetail } from './invocation-detail.tsx';
import { InvocationTable } from './invocation-table.tsx';
import { TestForm } from './test-form.tsx';
import { addressOf, type Where } from './where.ts';

interface LambdaDetailProps {
  lambda: LambdaView;
  isShown: boolean;
  isRecording: boolean;
  /** The invocation that is open. */
  id: string | undefined;
  go(where: Where): void;
}

/** A Lambda function: what it is, a test, and its last invocations. */
export function LambdaDetail({ lambda, isShown, isRecording, id, go }: LambdaDetailProps) {
  const { name } = lambda;
  const { known, problem } = useRepeated(isShown, [], () => loadInvocations(name), reasonOf, name);
  const [payload, setPayload] = useState('{}');
  const open = (chosen: string | undefined): void => go({ list: 'lambda', name, id: chosen });
  return (
    <>
      <Facts facts={factsOf(lambda)} />
      <TestForm {...{ name, payload }} onPayload={setPayload} onInvoked={(made) => made && open(made)} />
      <Problem text={problem} />
      {isRecording ? (
        <InvocationTable invocations={known} selected={id} select={open} />
      ) : (
        <p className="empty">This server records no invocations; start it without --no-recorder.</p>
      )}
      {id !== undefined && <InvocationDetail key={id} id={id} onUse={setPayload} />}
    </>
  );
}

function factsOf(lambda: LambdaView): Parameters<typeof Facts>[0]['facts'] {
  const { name, runtime, handler, source, memoryMb, timeoutSeconds, environment, layers } = lambda;
  const { reservedConcurrency, calledBy, runs } = lambda;
  return [
    ['Name', <code key="name">{name}</code>],
    ['Source', <code key="source">{source ?? `handler ${handler}, no source map`}</code>],
    ['Runtime', `${runtime}, ${memoryMb} MB, at most ${counted(timeoutSeconds, 'second')}`],
    ['Called by', calledBy.length === 0 ? 'nothing in the template' : <Callers names={calledBy} />],
    ...(environment.length > 0 ? [['Environment', environment.join(', ')] as [string, string]] : []),
    ...(layers > 0 ? [['Layers', String(layers)] as [string, string]] : []),
    ...(reservedConcurrency === undefined
      ? []
      : [['Concurrency', `at most ${reservedConcurrency}`] as [string, string]]),
    ['Cold starts', `${runs.coldStarts} of ${counted(runs.count, 'recorded invocation')}`],
  ];
}

/** Fields lead to their resolvers. */
const Callers = ({ names }: { names: string[] }) => (
  <Several
    of={names.map((name) =>
      name.includes(' ') ? (
        name
      ) : (
        <a key={name} href={addressOf({ list: 'resolver', name })}>
          {name}
        </a>
      ),
    )}
  />
);
