import type { ErrorEntry } from '../../../packages/appsync-local/tests/harness/target.ts';
import { projectRoot } from '../../../packages/appsync-local/tests/server/harness/command.ts';
import { type Page, page, plain, section, tableRows } from '../../docs/harness/pages.ts';
import type { Findings } from '../findings.ts';
import type { Marks } from './marks.ts';

/** An answer to a GraphQL request. */
export interface Answer {
  status: number;
  text: string;
  data: Record<string, unknown> | null;
  errors: ErrorEntry[];
}

/** Admissions of a mistake: bad input must never lead to one. */
const MISTAKES = ['InternalError', 'InternalFailure', 'Code', 'MappingTemplate'];
/**
 * What the errors of this project say that they may say, apart from their own mistakes (docs/errors.md), and those of the
 * server (packages/appsync-local/docs/errors.md).
 */
const ERROR_TYPES = new Set(documentedErrorTypes());

function documentedErrorTypes(): string[] {
  const errors = page('docs/errors.md');
  const serverErrors = page('packages/appsync-local/docs/errors.md');
  const column = (from: Page, heading: string, index: number): string[] =>
    tableRows(section(from, heading)).flatMap((cells) => (cells[index] ?? '').split(', ').map(plain));
  return [
    ...column(errors, '## Errors of a field', 0),
    ...column(errors, '### Errors of AppSync itself', 0),
    ...column(serverErrors, '## Requests that are refused', 1),
  ].filter((type) => /^[A-Z][A-Za-z]+$/.test(type) && !MISTAKES.includes(type));
}

/** Traces of the inside of a server, which no answer may show: stack traces, paths, causes. */
const INSIDE = [
  /(?:\n|\\n)\s+at .+:\d+:\d+/,
  /node:internal|node_modules|\bdynoxide\b/i,
  /\b(TypeError|RangeError|ReferenceError|ECONNRE\w+|EPIPE)\b/,
  new RegExp(projectRoot.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')),
];

const SHOWN = 1500;

/** Parses an answer; one that is no JSON has neither data nor errors. */
export function answerOf(status: number, text: string): Answer {
  try {
    const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>;
    return { status, text, data, errors };
  } catch {
    return { status, text, data: null, errors: [] };
  }
}

/** Judges what a server answers to whatever it was sent. */
export class Judge {
  readonly #findings: Findings;
  readonly #marks: Marks;

  constructor(findings: Findings, marks: Marks) {
    this.#findings = findings;
    this.#marks = marks;
  }

  /**
   * Reports what no answer to bad input may be.
   *
   * @param reader who got it
   * @param sent what was asked
   */
  judge(answer: Answer, reader: string, sent: string): void {
    const detail = `${reader} sent ${shortened(sent)}\ngot ${answer.status} ${shortened(answer.text)}`;
    for (const fault of faultsOf(answer)) {
      this.#findings.problem('wrong', fault, detail);
    }
    this.look(answer.text, reader, sent);
  }

  /** Reports marks, and the inside of the server, in a text that somebody got. */
  look(text: string, reader: string, sent = ''): void {
    const detail = `${reader} sent ${shortened(sent)}\ngot ${shortened(text)}`;
    if (INSIDE.some((pattern) => pattern.test(text) && !pattern.test(sent))) {
      this.#findings.problem('leaked', 'an answer shows the inside of the server', detail);
    }
    for (const mark of this.#marks.leaksIn(text, reader, sent)) {
      this.#findings.problem('leaked', `${reader} saw what is not its own`, `${mark}\n${detail}`);
    }
  }
}

export const shortened = (text: string): string =>
  text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;

function faultsOf({ status, text, errors }: Answer): string[] {
  if (status >= 500) {
    return [`status ${status}`];
  }
  if (!isGraphQLAnswer(text)) {
    return ['an answer that is no GraphQL'];
  }
  return errors.flatMap(({ errorType, message, path }) => {
    if (typeof message !== 'string' || message === '') {
      return ['an error without a message'];
    }
    if (typeof errorType === 'string') {
      return ERROR_TYPES.has(errorType)
        ? []
        : [
            `errorType ${errorType} of ${String(path?.[0] ?? 'a request')}, which is not documented for bad input`,
          ];
    }
    // Without a type it is of the document, and has no path (docs/errors.md, "Operations that do not fit the schema").
    return Array.isArray(path) ? [`an error of a field without a type: ${message.slice(0, 60)}`] : [];
  });
}

function isGraphQLAnswer(text: string): boolean {
  try {
    const answer = JSON.parse(text) as { data?: unknown; errors?: unknown } | null;
    return (
      typeof answer === 'object' && answer !== null && (Array.isArray(answer.errors) || 'data' in answer)
    );
  } catch {
    return false;
  }
}
