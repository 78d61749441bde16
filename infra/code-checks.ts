import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import { fromRoot } from './paths.ts';

/** The part of a code unit in the output of `npm run check-code -- --json` that is needed here. */
interface CheckedCode {
  stackName: string;
  logicalId: string;
  title: string;
  problems: CodeProblem[];
}

interface CodeProblem {
  message: string;
  file: string;
  line: number;
  column: number;
}

/** Enough for a hundred problems in each of a thousand code units. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Checks the code of every resolver and AppSync function, in its uploaded form, with AppSync's linter and type check when the
 * app is synthesized; code that AppSync would refuse fails the synth. The check is a program (ADR 25): the app imports nothing
 * of the local server.
 */
export class CodeChecks implements IPolicyValidationPlugin {
  readonly name = 'AppSyncCode';

  validate({ templatePaths }: IPolicyValidationContext) {
    const violations = [...new Set(templatePaths.map((path) => dirname(path)))].flatMap((directory) =>
      checkCode(directory).flatMap((code) =>
        code.problems.map((problem) => violation(code, problem, templatePaths)),
      ),
    );
    return { success: violations.length === 0, violations };
  }
}

/** @throws Error when the program itself fails */
function checkCode(directory: string): CheckedCode[] {
  const program = fromRoot('packages/appsync-local/bin/appsync-local.mjs');
  if (!existsSync(program)) {
    console.error('The code of resolvers is not checked: the package appsync-local is not here.');
    return [];
  }
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [program, 'check', '--json', '--app', directory],
    { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
  );
  if (error) {
    throw error;
  }
  if (!stdout.startsWith('[')) {
    throw new Error(`npm run check-code failed: ${stderr.trim()}`);
  }
  return JSON.parse(stdout) as CheckedCode[];
}

function violation(
  { stackName, logicalId, title }: CheckedCode,
  { file, line, column, message }: CodeProblem,
  templatePaths: string[],
): PolicyViolation {
  const templatePath = templatePaths.find((path) => path.includes(stackName)) ?? templatePaths[0]!;
  return {
    ruleName: 'Upload',
    description: `AppSync would refuse the code of ${title}: ${file}:${line}:${column}: ${message}`,
    violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: ['Properties/Code'] }],
    severity: 'error',
  };
}
