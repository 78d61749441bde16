import type { LogLine } from '../../../../logs/log-line.ts';
import { timeText } from '../../ground/words.ts';
import { addressOf } from './where.ts';

interface LogLinesProps {
  label: string;
  lines: LogLine[];
  /** Lines of one invocation need no names. */
  isOfOne?: boolean;
  /** What a source is called. @default by its name */
  titleOf?(source: string): string;
}

const itself = (source: string): string => source;

/** Lines of the log, each with what it belongs to. */
export const LogLines = ({ label, lines, isOfOne = false, titleOf = itself }: LogLinesProps) =>
  lines.length === 0 ? null : (
    <ol className="log-lines" aria-label={label} tabIndex={0} data-of-one={isOfOne}>
      {lines.map((line) => (
        <li key={line.number} data-severity={line.severity}>
          <time dateTime={line.at}>{timeText(new Date(line.at))}</time>
          {!isOfOne && <Source {...line} title={titleOf(line.source)} />}
          <code>
            {line.severity !== 'info' && <strong>{line.severity} </strong>}
            {line.text}
          </code>
          {!isOfOne && line.requestId !== undefined && (
            <a href={`#requests/${line.requestId}`} aria-label={`Request ${line.requestId}`}>
              request
            </a>
          )}
        </li>
      ))}
    </ol>
  );

const Source = ({ source, invocationId, title }: LogLine & { title: string }) =>
  invocationId === undefined ? (
    <span className="source" title={source}>
      {title}
    </span>
  ) : (
    <a
      className="source"
      title={`Invocation ${invocationId} of ${source}`}
      href={addressOf({ list: 'lambda', name: source, id: invocationId })}
    >
      {title}
    </a>
  );
