import { bundle } from '../ground/bundle.ts';
import { counted } from '../ground/counted.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { checkAndKeep } from '../runtime/check-and-keep.ts';
import { checkAhead } from '../runtime/check/check.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import { noTranslations } from '../runtime/kept-translations.ts';
import type { CodeProblem } from '../runtime/runtime.types.ts';
import { checkApis, type CheckedApi } from '../start/check-apis.ts';
import { translationsOf } from '../start/code.ts';
import type { Assembly } from '../template/assembly.ts';
import { readCodes, type StackCode } from '../template/read-codes.ts';
import { parseArgs } from './arguments.ts';
import { assemblyNamed } from './assembly-named.ts';
import { endFailed } from './command-failure.ts';
import { endWithOutput } from './standard-output.ts';

const HELP = `Checks what a deployment would upload to AppSync, without an AWS account: the code of every resolver and AppSync function
(by AppSync's linter and type check), and each GraphQL API's schema, limits, and references between resources.
Exit code 1 if AppSync would refuse anything.

Usage: npx appsync-local check [options]

  --app DIR        A cloud assembly (a cdk.out), or the folder of a CDK app. Default: the working directory.
  --template FILE  A CloudFormation or SAM template instead.
  --parameter NAME=VALUE
                   Value of a template parameter; may be repeated. Default: that of the template.
  --env-file FILE  NAME=value lines: environment of the CDK app.
  --format FORMAT  text, json ([{ stackName, logicalId, title, problems, warnings }]), or github (annotations for GitHub
                   Actions). Default: text
  --json           The same as --format json.
  --help           Print this.`;

/** A problem or a warning. One that concerns a whole API has no place in a file. */
type Finding = Pick<CodeProblem, 'message'> & Partial<CodeProblem>;

/** The findings in one code unit, or in one API apart from its code. */
interface Checked {
  stackName: string;
  logicalId: string;
  title: string;
  problems: Finding[];
  warnings: Finding[];
}

async function main(): Promise<void> {
  endWithOutput();
  const { values } = parseArgs({
    options: {
      app: { type: 'string' },
      template: { type: 'string' },
      parameter: { type: 'string', multiple: true },
      'env-file': { type: 'string' },
      format: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const report = reports[formatOf(values)];
  const assembly = await assemblyNamed(values);
  const findings = { apis: checkApis(assembly).map(findingsOf), codes: checkCodes(assembly) };
  console.log(report(findings));
  process.exitCode = refusedOf([...findings.apis, ...findings.codes]).length > 0 ? 1 : 0;
}

interface Findings {
  apis: Checked[];
  codes: Checked[];
}

const findingsOf = ({ stackName, logicalId, reasons }: CheckedApi): Checked => ({
  stackName,
  logicalId,
  title: `GraphQL API ${logicalId}`,
  problems: reasons.map((message) => ({ message })),
  warnings: [],
});

const refusedOf = (checked: Checked[]): Checked[] => checked.filter(({ problems }) => problems.length > 0);

function checkCodes(assembly: Assembly): Checked[] {
  const codes = readCodes(assembly);
  const kept = bundle === undefined ? noTranslations : translationsOf(bundle);
  // Where a warning is in the author's source is not kept: the same code may have another source map now.
  const isKnown = ({ text }: StackCode): boolean => kept.find(text)?.warnings.length === 0;
  const known = new Set(codes.filter(isKnown));
  checkAhead(codes.filter((code) => !known.has(code)).map(({ text }) => text));
  return codes.map((code) => {
    const { stackName, logicalId, title } = code;
    const { problems, warnings } = known.has(code) ? TAKEN : checkAndKeep(code, kept, DEFAULT_JAVASCRIPT);
    return { stackName, logicalId, title, problems, warnings };
  });
}

const TAKEN: Pick<Checked, 'problems' | 'warnings'> = { problems: [], warnings: [] };

/** How findings are printed, by the names of `--format`. */
const reports = {
  text: (findings: Findings): string => reportOn(findings).join('\n'),
  json: ({ apis, codes }: Findings): string => JSON.stringify([...refusedOf(apis), ...codes]),
  github: (findings: Findings): string => [...annotationsOf(findings), summaryOf(findings)].join('\n'),
};

/** @throws StartFailure for a format there is not */
function formatOf({ format, json }: { format?: string; json?: boolean }): keyof typeof reports {
  const name = format ?? (json ? 'json' : 'text');
  if (Object.hasOwn(reports, name)) {
    return name as keyof typeof reports;
  }
  throw new StartFailure(`--format must be ${Object.keys(reports).join(', ')}, not "${name}"`);
}

/** Workflow commands of GitHub Actions, which show a finding at its line ("Workflow commands for GitHub Actions", error and warning). */
function annotationsOf({ apis, codes }: Findings): string[] {
  const annotation =
    (level: 'error' | 'warning', title: string) =>
    ({ file, line, column, message }: Finding): string => {
      const place = file === undefined ? '' : `file=${property(file)},line=${line},col=${column},`;
      return `::${level} ${place}title=${property(title)}::${data(message)}`;
    };
  return [...apis, ...codes].flatMap(({ title, problems, warnings }) => [
    ...problems.map(annotation('error', title)),
    ...warnings.map(annotation('warning', title)),
  ]);
}

/** What would end the text of an annotation (actions/toolkit, packages/core/src/command.ts). */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function summaryOf({ apis, codes }: Findings): string {
  const refused = refusedOf([...apis, ...codes]).length;
  if (apis.length + codes.length === 0) {
    return 'Nothing to check: there is no GraphQL API, and no code of resolvers.';
  }
  const checked = [
    ...(apis.length > 0 ? [counted(apis.length, 'GraphQL API')] : []),
    counted(codes.length, 'code unit'),
  ].join(' and ');
  return refused === 0
    ? `Checked ${checked}: AppSync would accept all.`
    : `Checked ${checked}: AppSync would refuse ${refused}.`;
}

function reportOn(findings: Findings): string[] {
  const checked = [...findings.apis, ...findings.codes];
  const refused = refusedOf(checked);
  const doubtful = checked.filter(({ warnings }) => warnings.length > 0);
  return [
    ...refused.flatMap(({ title, problems }) => [title, ...problems.map(lineOf)]),
    ...doubtful.flatMap(({ title, warnings }) => [`${title}: AppSync may refuse`, ...warnings.map(lineOf)]),
    summaryOf(findings),
  ];
}

const lineOf = ({ file, line, column, message }: Finding): string =>
  `  ${file === undefined ? '' : `${file}:${line}:${column}: `}${message.replaceAll('\n', '\n    ')}`;

main().catch((error: unknown) => endFailed(error, 'check'));
