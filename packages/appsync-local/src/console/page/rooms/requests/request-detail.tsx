import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import type { RecordedRequest } from '../../../../recorder/recorded-request.ts';
import { rowsOf } from '../../../../recorder/waterfall.ts';
import { localText } from '../../api/local-route.ts';
import { durationText, sizeText, timeText } from '../../ground/words.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Value } from '../../parts/value.tsx';
import { CostLine } from './cost-line.tsx';
import { Invocations } from './invocations.tsx';
import { callerText, hasFailed, statusText } from './list.ts';
import { StepValues } from './step-values.tsx';
import { useDetail } from './use-requests.ts';
import { firstOf } from './values.ts';
import { Waterfall } from './waterfall.tsx';

export interface RequestDetailProps {
  id: string;
  onClose(): void;
}

/** One request: what it was, a bar for each thing it did, and the values of the one that is chosen. */
export function RequestDetail({ id, onClose }: RequestDetailProps) {
  const { request, problem } = useDetail(id);
  return (
    <section className="split-detail" aria-label="The request">
      <header>
        <h2>{request?.title ?? (problem === undefined ? 'Loading…' : 'Request not found')}</h2>
        <Button className="button" onPress={onClose}>
          Close
        </Button>
      </header>
      <Problem text={problem} />
      {request && <Known request={request} />}
    </section>
  );
}

function Known({ request }: { request: RecordedRequest }) {
  const rows = useMemo(() => rowsOf(request), [request]);
  const [chosen, choose] = useState(() => Math.max(0, rows.indexOf(firstOf(rows)!)));
  const row = rows[chosen];
  return (
    <>
      <Facts request={request} />
      <Errors answer={request.answer} />
      <Waterfall rows={rows} totalMs={request.ms} chosen={chosen} onChoose={choose} />
      <Invocations id={request.id} />
      <Lines lines={request.lines} />
      {row && <StepValues key={chosen} row={row} request={request} />}
      <Asked request={request} />
    </>
  );
}

function Facts({ request }: { request: RecordedRequest }) {
  const { id, at, ms, cutBytes, resolversLeftOut } = request;
  return (
    <>
      <p className="facts">
        <span className={hasFailed(request) ? 'bad' : 'good'}>{statusText(request)}</span>
        <span>{durationText(ms)}</span>
        <time dateTime={at}>{timeText(new Date(at))}</time>
        <span>{callerText(request)}</span>
        <code>{id}</code>
      </p>
      <div className="tools">
        <CopyButton
          title="Reads the credential from a shell variable"
          text={async () => (await localText(`/_local/requests/${id}/curl`)).trimEnd()}
        >
          Copy as curl
        </CopyButton>
        <CopyButton text={() => JSON.stringify(request, null, 2)}>Copy as JSON</CopyButton>
      </div>
      <CostLine units={request.units} cost={request.cost} />
      {cutBytes > 0 && (
        <p className="notice">
          About {sizeText(cutBytes)} of its values were too large to keep; {'{ "cut": BYTES }'} replaces them.
        </p>
      )}
      {resolversLeftOut > 0 && <p className="notice">{resolversLeftOut} more resolver runs were not kept.</p>}
    </>
  );
}

/** What the client got as `errors`. */
function Errors({ answer }: { answer: unknown }) {
  const { errors = [] } = (answer ?? {}) as { errors?: Record<string, unknown>[] };
  return errors.length === 0 ? null : (
    <ul className="detail-errors" aria-label="Errors">
      {errors.map(({ path, errorType, message }, index) => (
        <li key={index}>
          <strong>{String(errorType ?? 'Error')}</strong>
          {Array.isArray(path) && <code> {path.join('.')}</code>}: {String(message)}
        </li>
      ))}
    </ul>
  );
}

/** What code logged. */
function Lines({ lines }: Pick<RecordedRequest, 'lines'>) {
  return lines.length === 0 ? null : (
    <ul className="detail-lines" aria-label="Console lines">
      {lines.map(({ atMs, level, place, words, title, invocationId }, index) => (
        <li key={index} data-level={level}>
          <span title={title}>
            {atMs.toFixed(1)} ms {level} {invocationId === undefined ? place : 'Lambda function'}
          </span>
          <code>{words}</code>
        </li>
      ))}
    </ul>
  );
}

function Asked({
  request: { query, variables, operationName, headers, answer },
}: {
  request: RecordedRequest;
}) {
  return (
    <details className="asked">
      <summary>Request and answer</summary>
      <Value name={operationName === null ? 'Operation' : `Operation ${operationName}`} value={query ?? ''} />
      {variables != null && <Value name="Variables" value={variables} />}
      <Value name="Headers" value={headers} />
      <Value name="Answer" value={answer} />
    </details>
  );
}
