import { spawnSync } from 'node:child_process';
import { ProofFailure } from './proof-failure.ts';

/** A finding of cfn-lint. */
export interface LintFinding {
  /** The template file, as it was given. */
  file: string;
  rule: string;
  level: string;
  message: string;
  /** `Resources/DataItems2E91B8E8/Properties/KeySchema`. */
  path: string;
}

interface Reported {
  Filename: string;
  Rule: { Id: string };
  Level: string;
  Message: string;
  Location: { Path?: (string | number)[] };
}

/** W3005: the CDK itself has functions depend on their roles, which `Fn::GetAtt` says already. */
const NOT_OURS = ['W3005'];

/**
 * @param program path of cfn-lint
 * @param templates one file or many, which it reads faster at once
 * @param regions @default us-east-1 alone
 * @throws ProofFailure when the program itself fails
 */
export function lint(
  program: string,
  templates: string | readonly string[],
  regions: readonly string[] = [],
): LintFinding[] {
  const { stdout, stderr } = spawnSync(
    program,
    [
      ...['--format', 'json', '--ignore-checks', ...NOT_OURS],
      ...(regions.length > 0 ? ['--regions', ...regions] : []),
      ...['--', ...[templates].flat()],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout?.startsWith('[')) {
    throw new ProofFailure(`cfn-lint failed: ${stderr}`);
  }
  return (JSON.parse(stdout) as Reported[]).map(({ Filename, Rule, Level, Message, Location }) => ({
    file: Filename,
    rule: Rule.Id,
    level: Level,
    message: Message,
    path: (Location.Path ?? []).join('/'),
  }));
}
