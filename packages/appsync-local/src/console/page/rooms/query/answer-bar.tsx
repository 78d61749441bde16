import { useEditorContext } from '@graphiql/react';
import { type ReactNode, useEffect } from 'react';
import { ToggleButton } from 'react-aria-components';
import { asCurl, asFetch } from '../../api/as-command.ts';
import type { Console } from '../../api/console.ts';
import type { Exchange } from '../../api/exchange.ts';
import { explainEvent } from '../../api/explain-event.ts';
import { useStore } from '../../ground/store.ts';
import { durationText, sizeText } from '../../ground/words.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import type { Answers, Shown } from './answers.ts';
import { useAccessible } from './editors.ts';

export interface AnswerBarProps {
  console: Console;
  answers: Answers;
  /** Learns which of GraphiQL's tabs is shown. */
  onTab(id: string): void;
}

/** Below the result: what the answer cost, and what can be done with it. It is also where GraphiQL's editors are within reach. */
export function AnswerBar({ console, answers, onTab }: AnswerBarProps) {
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor, responseEditor } =
    useEditorContext({
      nonNull: true,
    });
  useAccessible(queryEditor, 'Operation');
  useAccessible(variableEditor, 'Variables');
  useAccessible(headerEditor, 'Headers');
  useAccessible(responseEditor, 'Result');
  const tab = tabs[activeTabIndex]?.id ?? '';
  useEffect(() => onTab(tab), [onTab, tab]);
  const shown = useStore(answers).get(tab);
  const isReadable = useStore(answers.isReadable);
  const schema = useStore(console.schema)?.schema;
  if (!shown) {
    return null;
  }
  const show = (chosen: boolean): void => {
    answers.isReadable.set(chosen);
    responseEditor?.setValue(JSON.stringify(answers.display(shown, schema), null, 2));
  };
  return (
    <section className="answer" aria-label="About this answer">
      {shown.exchange && <Facts exchange={shown.exchange} />}
      <span className="tools">
        <ToggleButton className="button" isSelected={isReadable} onChange={show}>
          Readable AWSJSON
        </ToggleButton>
        <CopyButton text={() => rawText(shown)}>Copy answer</CopyButton>
        {shown.exchange && <CopyCommands exchange={shown.exchange} />}
      </span>
      <Explanation {...shown} />
    </section>
  );
}

const rawText = ({ answer, exchange }: Shown): string => exchange?.text || JSON.stringify(answer);

function Facts({ exchange: { status, milliseconds, bytes, requestId, caller } }: { exchange: Exchange }) {
  return (
    <dl>
      {status !== undefined && <Fact name="Status">{status}</Fact>}
      <Fact name="Time">{durationText(milliseconds)}</Fact>
      <Fact name="Size">{sizeText(bytes)}</Fact>
      {requestId !== undefined && (
        <Fact name="Request">
          <a href={`#requests/${requestId}`} title="Show what this request did">
            {requestId}
          </a>
        </Fact>
      )}
      <Fact name="As">{caller.name}</Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function CopyCommands({ exchange }: { exchange: Exchange }) {
  const url = new URL('/graphql', location.href).href;
  return (
    <>
      <CopyButton title="With the credentials that were sent" text={() => asCurl(exchange, url)}>
        Copy as curl
      </CopyButton>
      <CopyButton title="With the credentials that were sent" text={() => asFetch(exchange, url)}>
        Copy as fetch
      </CopyButton>
    </>
  );
}

/** Only an event lacks what the mutation did not select. */
function Explanation({ exchange, answer }: Shown) {
  const text = exchange ? undefined : explainEvent(answer);
  return text === undefined ? null : <p className="notice">{text}</p>;
}
