import type { DataView } from '../../../../data/data-view.ts';
import { counted } from '../../../../ground/counted.ts';
import { Value } from '../../parts/value.tsx';
import { factsOf } from './letter-facts.ts';

/** Records that event source mappings dropped: one entry for each message that AWS would send to the queue or topic. */
export function DeadLetters({ letters }: { letters: DataView['deadLetters'][number] }) {
  const { kind, name, mappings, count, messages } = letters;
  return (
    <>
      <p className="empty">
        Messages that Lambda sends to {kind} {name} when it drops records of{' '}
        {mappings.map(({ functionName, table }, index) => (
          <span key={functionName}>
            {index > 0 && ' and '}
            {table} for <a href={`#functions/lambda/${encodeURIComponent(functionName)}`}>{functionName}</a>
          </span>
        ))}
        . A message names the records, but does not contain them; they stay in the stream for 24 hours.
      </p>
      <p role="status">
        {counted(count, 'message')}
        {messages.length < count && `, the last ${messages.length} are shown`}
      </p>
      <ul className="dead-letters" aria-label="Dead letters, newest first">
        {messages.map((message, index) => (
          <li key={index}>
            <details>
              <summary>{factsOf(message)}</summary>
              <Value name="Message" value={message} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
