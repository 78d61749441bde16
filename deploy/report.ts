import type { Loss } from './gate/loss.ts';

/** What a stack would lose, for people: the allowed losses by name, the others with their ways out. */
export function report(stack: string, losses: readonly Loss[], allow: readonly string[]): string {
  if (losses.length === 0) {
    return `${stack}: nothing would be lost.`;
  }
  const refused = losses.filter(({ name }) => !allow.includes(name));
  const allowed = losses.filter((loss) => !refused.includes(loss));
  return [
    ...allowed.map(({ name }) => `${stack}: ${name} is allowed.`),
    ...(refused.length > 0 ? [refusal(stack, refused)] : []),
  ].join('\n');
}

function refusal(stack: string, losses: readonly Loss[]): string {
  const rows = losses.map(({ name, what, instead }) => `  ${name}\n    ${what}\n    Instead: ${instead}\n`);
  const flags = losses.map(({ name }) => `--allow ${name}`).join(' ');
  return [
    `${stack}: refused, because this would be lost or broken:\n`,
    ...rows,
    `If this is intended: ${flags}`,
  ].join('\n');
}
