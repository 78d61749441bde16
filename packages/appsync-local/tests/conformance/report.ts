import type { Area, Check, Evidence, TestUsers } from './check.ts';
import type { CheckResult } from './run-area.ts';

/** Columns of the table: what the checks of an area say of local. */
export interface Tally {
  total: number;
  /** Passes, and AWS documents it or was recorded doing so. */
  likeAws: number;
  /** Passes what was deduced. */
  inferred: number;
  /** Known to differ. */
  unlike: number;
  /** AWS's own way is unknown. */
  chosen: number;
}

const KNOWN: Evidence[] = ['documented', 'observed'];

/** Counts what the checks themselves say; a run fails where one of them does not hold. */
export function tally(checks: Check[]): Tally {
  const alike = checks.filter(({ unlike }) => unlike === undefined);
  return {
    total: checks.length,
    likeAws: alike.filter(({ evidence }) => KNOWN.includes(evidence)).length,
    inferred: alike.filter(({ evidence }) => evidence === 'inferred').length,
    chosen: alike.filter(({ evidence }) => evidence === 'chosen').length,
    unlike: checks.length - alike.length,
  };
}

const HEADINGS = ['area', 'checks', 'like AWS', 'as inferred', 'unknown', 'unlike AWS'];

function rows(areas: Area[]): string[][] {
  const lines = areas.map(({ title, checks }) => [title, ...cells(tally(checks))]);
  return [...lines, ['all', ...cells(tally(areas.flatMap(({ checks }) => checks)))]];
}

const cells = ({ total, likeAws, inferred, chosen, unlike }: Tally): string[] =>
  [total, likeAws, inferred, chosen, unlike].map(String);

/** The table for a terminal. */
export function terminalTable(areas: Area[]): string {
  const table = [HEADINGS, ...rows(areas)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

/** A line for a result that is not as the check says. */
export const failureLine = ({ check, verdict, reason }: CheckResult): string =>
  verdict === 'mended'
    ? `${check.id} ${check.promise}: passes, though it says it is unlike AWS; remove its \`unlike\``
    : `${check.id} ${check.promise}: ${reason?.split('\n').join('\n    ')}`;

/** A line for each reason why checks could not run, with their ids. */
export function skippedLines(results: CheckResult[]): string[] {
  const skipped = results.filter(({ verdict }) => verdict === 'skipped');
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ids = skipped.filter((result) => result.reason === reason).map(({ check }) => check.id);
    return `${ids.length} skipped: ${reason} (${ids.join(', ')})`;
  });
}

/** Whose tokens the areas need, for a terminal: a line for each area that needs any. */
export function userTable(areas: Area[]): string {
  const needing = areas.filter(({ users }) => users !== undefined);
  const width = Math.max(...needing.map(({ name }) => name.length));
  return needing.map(({ name, users }) => `  ${name.padEnd(width)}  ${usersText(users!)}`).join('\n');
}

/** `ada in admins, ulf, olga of OpenID Connect`. */
export const usersText = ({ pool = {}, oidc = [] }: TestUsers): string =>
  [
    ...Object.entries(pool).map(([user, groups]) =>
      groups.length > 0 ? `${user} in ${groups.join(' and ')}` : user,
    ),
    ...oidc.map((user) => `${user} of OpenID Connect`),
  ].join(', ');

const WRITTEN = '<!-- Written by `npm run conformance -- --write`. -->\n';

const INTRODUCTION = `${WRITTEN}
# How like AWS is local?

Every row is a check that runs against the local server in \`npm test\`; the same checks run against a deployed API
(\`npm run conformance -- --help\`). AWS was not available when these were written, so the claims about AWS come from the
named sources; where a check and AWS differ, AWS is right.

- **like AWS**: AWS documents it (*documented*) or was recorded doing it (*observed*), and local does it.
- **as inferred**: deduced from clients, other emulators or several sources, and local does it.
- **unknown**: AWS's behaviour is unknown; local does what the row says.
- **unlike AWS**: local behaves differently, for the given reason.

[Facts](facts/README.md#sources) lists the sources, and more of what is known about AWS.
`;

/** The pages below `docs/fidelity/`, and the areas that each holds. */
const PAGES: { file: string; title: string; areas: string[] }[] = [
  { file: 'graphql', title: 'GraphQL', areas: ['graphql', 'limits', 'schemas'] },
  {
    file: 'authorization',
    title: 'Authorization',
    areas: [
      'auth',
      'auth-cognito',
      'auth-cognito-deny',
      'auth-iam',
      'auth-lambda',
      'auth-lambda-not-permitted',
      'auth-oidc',
    ],
  },
  { file: 'evaluate-code', title: 'EvaluateCode', areas: ['evaluate'] },
  { file: 'runtime', title: 'The APPSYNC_JS runtime', areas: ['appsync-js'] },
  { file: 'relational-databases', title: 'Statements for relational databases', areas: ['rds'] },
  { file: 'data-sources', title: 'Data sources, batches and pipelines', areas: ['data-sources'] },
  { file: 'iam', title: 'Roles of data sources and Lambda functions', areas: ['iam'] },
  { file: 'real-time', title: 'Real time', areas: ['realtime'] },
];

/** @throws Error for an area that no page has */
function pageOf({ name }: Area): string {
  const page = PAGES.find(({ areas }) => areas.includes(name));
  if (page === undefined) {
    throw new Error(`area ${name} is on no page of docs/fidelity/; give it one in report.ts`);
  }
  return `fidelity/${page.file}.md`;
}

/** The pages by their path below the package's `docs/`: `fidelity.md`, which leads to the others, and one for each group of areas. */
export function fidelityPages(areas: Area[]): Map<string, string> {
  const pages = PAGES.map(({ file, title, areas: names }): [string, string] => [
    `fidelity/${file}.md`,
    areasPage(
      title,
      areas.filter(({ name }) => names.includes(name)),
    ),
  ]);
  return new Map([['fidelity.md', indexPage(areas)], ...pages]);
}

function indexPage(areas: Area[]): string {
  const all = areas.flatMap(({ checks }) => checks);
  const [total, ...ofAreas] = rows(areas).reverse();
  const linkedRows = ofAreas
    .reverse()
    .map(([title, ...counts], index) => [`[${title}](${pageOf(areas[index]!)})`, ...counts]);
  return [
    INTRODUCTION,
    markdownTable(HEADINGS, [...linkedRows, total!]),
    '## Unlike AWS\n',
    markdownTable(
      ['check', 'AWS', 'local', 'source'],
      all.flatMap(({ id, promise, unlike, source }) => (unlike ? [[id, promise, unlike, source]] : [])),
    ),
    '## Unknown\n',
    checkTable(all.filter(({ evidence, unlike }) => evidence === 'chosen' && !unlike)),
  ].join('\n');
}

function areasPage(title: string, areas: Area[]): string {
  const isOnlyOne = areas.length === 1;
  return [
    WRITTEN,
    `# How like AWS is local? ${title}\n`,
    '[The first page](../fidelity.md) says what the columns mean, and has the checks that are unknown or unlike AWS.\n',
    ...areas.flatMap(({ title, checks }) => [
      ...(isOnlyOne ? [] : [`## ${title}\n`]),
      checkTable(checks.filter(({ evidence, unlike }) => evidence !== 'chosen' && !unlike)).replaceAll(
        '](facts/',
        '](../facts/',
      ),
    ]),
  ].join('\n');
}

const checkTable = (checks: Check[]): string =>
  markdownTable(
    ['check', 'promise', 'evidence', 'source'],
    checks.map(({ id, promise, evidence, source }) => [id, promise, evidence, source]),
  );

function markdownTable(headings: string[], body: string[][]): string {
  if (body.length === 0) {
    return 'None.\n';
  }
  const line = (cells: string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...body.map(line), ''].join('\n');
}

const escaped = (cell: string): string => linked(cell.replaceAll('|', '\\|').replaceAll('\n', ' '));

/** A fact that a source names, as a link from a page in `docs/`. */
const linked = (cell: string): string =>
  cell.replace(/docs\/(facts\/([\w-]+)\.md#([\w-]+))/g, '[$2: $3]($1)');
