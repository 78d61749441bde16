import { FAULTS } from '../../proof/faults/faults.ts';
import results from '../../proof/faults/results.json' with { type: 'json' };
import type { Caught } from '../../proof/faults/results.ts';
import kept from '../../proof/regions.json' with { type: 'json' };
import { words } from '../computed/table.ts';

const caughtBy: Readonly<Record<string, Caught>> = results;

/** `yes (3)`: how many findings a check has of a fault. */
const found = (findings: number): string => (findings > 0 ? `yes (${findings})` : '');

const faults = (): string =>
  words(
    ['fault', 'cfn-lint', 'cdk-nag', '`appsync-local check`', '`tests/infra`'],
    Object.entries(FAULTS).map(([name, { says }]) => {
      const caught = caughtBy[name]!;
      return [
        says,
        ...[caught['cfn-lint'], caught['cdk-nag'], caught['appsync-local check'], caught['tests/infra']].map(
          found,
        ),
      ];
    }),
  );

/** What a missing type takes from a stage. */
const MEANS: [type: RegExp, lacks: string][] = [
  [/^AWS::AppSync::GraphQLApi$/, 'AppSync'],
  [/^AWS::Cognito::UserPool$/, 'user pools of Cognito'],
  [/^AWS::AppSync::DomainName$/, '`domain`'],
  [/^AWS::Budgets::Budget$/, '`budget`'],
];
const NEEDED = ['AppSync', 'user pools of Cognito'];

/** What a region lacks in our words; a type that nobody has named yet, by its name. */
function lacksOf(types: readonly string[]): string[] {
  const lacks = MEANS.filter(([type]) => types.some((name) => type.test(name))).map(([, what]) => what);
  return types.length > 0 && lacks.length === 0 ? [...types] : lacks;
}

const names = (has: (lacks: string[]) => boolean): string =>
  Object.entries(kept.lacking)
    .filter(([, types]) => has(lacksOf(types)))
    .map(([region]) => `\`${region}\``)
    .join(', ');

const isNeeded = (what: string): boolean => NEEDED.includes(what);

const regions = (): string =>
  words(
    ['what can be deployed', 'regions'],
    [
      ['everything', names((lacks) => lacks.length === 0)],
      ['all but `budget`', names((lacks) => lacks.join() === '`budget`')],
      [
        'all but more than that',
        names((lacks) => !lacks.some(isNeeded) && !['', '`budget`'].includes(lacks.join())),
      ],
      ['nothing: AppSync is missing', names((lacks) => lacks.includes('AppSync'))],
      [
        'nothing: user pools of Cognito are missing',
        names((lacks) => lacks.includes('user pools of Cognito')),
      ],
    ].filter(([, found]) => found !== ''),
  );

/** By their names on docs/proof.md and docs/regions.md. */
export const proofTables: Readonly<Record<string, () => string>> = { faults, regions };
