/** Whether a text fits; `null` where that is not known. */
export type Matches = (text: string) => boolean | null;

/**
 * A pattern of a policy: `*` stands for any characters, `?` for one (IAM user guide, "IAM JSON policy elements: Resource").
 * A policy variable such as `${aws:username}` has no value here, so a pattern that holds one may fit or not.
 * @param flags `i` for actions, whose case does not matter
 */
export function wildcards(pattern: string, flags: '' | 'i' = ''): Matches {
  const settled = pattern.replaceAll(/\$\{([*?$])\}/g, (_, literal: string) => LITERAL[literal]!);
  const expression = new RegExp(`^${settled.replaceAll(/\$\{[^}]*\}|[^]/g, expressionOf)}$`, `${flags}s`);
  const hasVariable = /\$\{[^}]*\}/.test(settled);
  return (text) => (expression.test(text) ? (hasVariable ? null : true) : false);
}

/** `${*}` is the character itself; these stand in for it until the expression is made. */
const LITERAL: Record<string, string> = { '*': '\u0001', '?': '\u0002', $: '\u0003' };
const OF_LITERAL: Record<string, string> = { '\u0001': '\\*', '\u0002': '\\?', '\u0003': '\\$' };

function expressionOf(part: string): string {
  if (part.length > 1 || part === '*') {
    return '.*';
  }
  if (part === '?') {
    return '.';
  }
  return OF_LITERAL[part] ?? part.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
