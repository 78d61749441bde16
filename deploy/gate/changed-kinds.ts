import type { TriedKind } from '../../transfer/try-kinds.ts'; // part: transfer
import type { Loss } from './loss.ts';
import type { Template } from './template.ts';

/** Hashes of the kinds' schemas, by the kinds' names, as infra/kind-hashes.ts puts them into a template. */
type Hashes = Readonly<Record<string, string>>;

const kindsOf = ({ Metadata }: Template): Hashes => (Metadata?.['kinds'] ?? {}) as Hashes;

/** Kinds whose stored items may break the rules that a deployment brings, because their schemas change. */
export function changedKinds(before: Template, after: Template): Loss[] {
  const now = kindsOf(after);
  return Object.entries(kindsOf(before)).flatMap(([kind, hash]) =>
    now[kind] === hash ? [] : [kind in now ? changed(kind) : removed(kind)],
  );
}

const nameOf = (kind: string): string => `kind:${kind}`;

const changed = (kind: string): Loss => ({
  name: nameOf(kind),
  what: `The schema of kind ${kind} changes, and was not checked against stored items: items that break it could be read, but not written again.`,
  instead: TRY,
});

const removed = (kind: string): Loss => ({
  name: nameOf(kind),
  what: `The kind ${kind} would be removed: its items could be read, but not written again.`,
  instead: TRY,
});

const TRY = [
  'Check the stored items first.',
  'npm run export writes them to a file, and --items FILE checks it.', // part: transfer
].join(' ');

// part: transfer
/**
 * What is known of kinds once stored items were tried: a kind whose items all keep the rules loses nothing, and one whose items
 * do not is refused even where its schema is as before, because its rules in code may not be.
 */
export function afterTrial(losses: readonly Loss[], tried: ReadonlyMap<string, TriedKind>): Loss[] {
  const known = losses.filter(({ name }) => !name.startsWith(nameOf('')));
  const broken = [...tried].filter(([, { refused }]) => refused > 0);
  return [...known, ...broken.map(([kind, result]) => brokenKind(kind, result))];
}

const brokenKind = (kind: string, { items, refused, examples }: TriedKind): Loss => ({
  name: nameOf(kind),
  what: `${refused} of ${items} stored items of kind ${kind} break its rules, and could be read, but not written again: ${examples.join('; ')}${refused > examples.length ? '; …' : ''}.`,
  instead: 'Change the schema to accept them, or correct them first (npm run export, edit, npm run import).',
});
// end: transfer
