import { spawnSync } from 'node:child_process';
import { ProofFailure } from './proof-failure.ts';

/** A finding of cfn-lint. */
export interface LintFinding {
  rule: string;
  level: string;
  message: string;
  /** `Resources/DataItems2E91B8E8/Properties/KeySchema`. */
  path: string;
}

interface Reported {
  Rule: { Id: string };
  Level: string;
  Message: string;
  Location: { Path?: (string | number)[] };
}

/** W3005: the CDK itself has functions depend on their roles, which `Fn::GetAtt` says already. */
const NOT_OURS = ['W3005'];

/**
 * @param program path of cfn-lint
 * @param regions @default us-east-1 alone
 * @throws ProofFailure when the program itself fails
 */
export function lint(program: string, template: string, regions: readonly string[] = []): LintFinding[] {
  const { stdout, stderr } = spawnSync(
    program,
    [
      ...['--format', 'json', '--ignore-checks', ...NOT_OURS],
      ...(regions.length > 0 ? ['--regions', ...regions] : []),
      ...['--', template],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout?.startsWith('[')) {
    throw new ProofFailure(`cfn-lint failed: ${stderr}`);
  }
  return (JSON.parse(stdout) as Reported[]).map(({ Rule, Level, Message, Location }) => ({
    rule: Rule.Id,
    level: Level,
    message: Message,
    path: (Location.Path ?? []).join('/'),
  }));
}
