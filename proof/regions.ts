import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { lint, type LintFinding } from './cfn-lint.ts';

/** Resource types of a template that AWS lacks, by region; regions that have all of them have an empty list. */
export type Lacking = Record<string, string[]>;

/** What cfn-lint says of a template in every region that it knows. @param program its path */
export const lintEverywhere = (program: string, template: string): LintFinding[] =>
  lint(program, template, ['ALL_REGIONS']);

/** @param program path of cfn-lint, whose regions are meant @param findings in every region */
export function lackingIn(program: string, findings: readonly LintFinding[]): Lacking {
  const lacking: Lacking = Object.fromEntries(regionsOf(program).map((region) => [region, []]));
  for (const { rule, message } of findings) {
    const [, type, region] = /^Resource type '(.*)' does not exist in '(.*)'$/.exec(message) ?? [];
    if (rule === 'E3006' && type !== undefined && region !== undefined) {
      lacking[region]?.push(type);
    }
  }
  return Object.fromEntries(
    Object.entries(lacking).map(([region, types]) => [region, [...new Set(types)].sort()]),
  );
}

/**
 * The regions that cfn-lint has data of, by the Python that it is installed for. To a region that it only knows the name of, such
 * as those for authorities, it gives the types of us-east-1.
 */
function regionsOf(program: string): string[] {
  const python = join(dirname(program), 'python3');
  return JSON.parse(execFileSync(python, ['-c', REGIONS], { encoding: 'utf8' })) as string[];
}

const REGIONS = `
import json
from cfnlint.helpers import REGIONS
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as MANAGER
types = {region: set(MANAGER.get_resource_types(region)) for region in REGIONS}
known = [region for region in sorted(types) if region == "us-east-1" or types[region] != types["us-east-1"]]
print(json.dumps(known))
`;
