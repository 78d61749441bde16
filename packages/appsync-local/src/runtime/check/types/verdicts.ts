import { MODULES } from '../../modules.ts';
import type { Found } from '../found.ts';
import { insteadOf } from '../globals.ts';
import type { Finding } from './findings.ts';

/** What the checker's findings mean for an upload. */
export interface Verdicts {
  /** AppSync would refuse the code. */
  refused: Found[];
  /** AppSync may refuse the code, though nobody has seen it do so. */
  doubtful: Found[];
}

/**
 * Checks that TypeScript 5.6 added: "this expression is never nullish", "… is always truthy". The version that AppSync runs is
 * unknown; @aws-appsync/utils 2.1.1 is built with 5.1.
 */
const NEWER: ReadonlySet<number> = new Set([2869, 2870, 2871, 2872, 2873, 2881]);

/** Complaints about JSDoc tags themselves, not about the types they give: TS8020 to TS8039. */
const isAboutComments = (code: number): boolean => code >= 8020 && code < 8040;

/** "Cannot find name …", in all its forms. */
const UNKNOWN_NAME: ReadonlySet<number> = new Set([
  2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2867, 2868,
]);
const UNKNOWN_MODULE = 2307;

/** @param text the code that the findings belong to */
export function verdictsOn(findings: readonly Finding[], text: string): Verdicts {
  const refused: Found[] = [];
  const doubtful: Found[] = [];
  for (const finding of findings) {
    const reason = doubtAbout(finding.code);
    if (reason === undefined) {
      refused.push(toFound(finding, text));
    } else {
      const found = toFound(finding, text);
      doubtful.push({ ...found, message: `${found.message} ${reason}` });
    }
  }
  return { refused, doubtful };
}

function doubtAbout(code = 0): string | undefined {
  if (NEWER.has(code)) {
    return 'TypeScript says so since 5.6; which one AppSync runs is not known.';
  }
  if (isAboutComments(code)) {
    return 'Whether AppSync looks at JSDoc tags so closely is not known.';
  }
  return undefined;
}

/** `error TS2339: Property 'sync' does not exist on type …`, in AppSync's recorded form (localstack/appsync-utils). */
export function toFound({ code, message, start, length }: Finding, text: string): Found {
  if (code === undefined) {
    return { errorType: 'LINT_ERROR', message, start, length };
  }
  const help = helpFor(code, text.slice(start, start + length));
  // "Do you need to install type definitions for node?" would not help here.
  const said = message.replace(/ Do you need to .*$/s, '');
  return { errorType: 'PARSE_ERROR', message: `error TS${code}: ${said}${help}`, start, length };
}

function helpFor(code: number, name: string): string {
  if (UNKNOWN_NAME.has(code)) {
    return insteadOf(name);
  }
  return code === UNKNOWN_MODULE
    ? ` Bundle it: AppSync has ${[...MODULES.keys()].join(', ')} and nothing else.`
    : '';
}
