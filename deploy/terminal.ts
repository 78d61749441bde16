import { DeployFailure } from './deploy-failure.ts';

/** Options of `cdk deploy` that answer its question beforehand, or make it ask none. */
const ANSWERED = /^(--require-approval(=.*)?|--yes|-y|--no-execute|(--method=)?prepare-change-set)$/;

const isAtTerminal = (): boolean => Boolean(process.stdin.isTTY && process.stdout.isTTY);

/**
 * The CDK CLI asks before it adds permissions, as every first deployment does, and fails where nobody can be asked.
 * @param args of `cdk deploy`
 * @param isTerminal whether somebody can be asked @default whether this process has a terminal
 * @throws DeployFailure that names the option
 */
export function checkTerminal(args: readonly string[], isTerminal = isAtTerminal()): void {
  if (!isTerminal && !args.some((arg) => ANSWERED.test(arg))) {
    throw new DeployFailure(
      'there is no terminal here to ask whether new permissions are meant: pass --require-approval never, and look at npm run diff before',
    );
  }
}

/**
 * `cdk destroy` asks, too.
 * @param args of `cdk destroy`
 * @throws DeployFailure that names the option
 */
export function checkDestroyTerminal(args: readonly string[], isTerminal = isAtTerminal()): void {
  if (!isTerminal && !args.some((arg) => ['--force', '-f', '--yes', '-y'].includes(arg))) {
    throw new DeployFailure(
      'there is no terminal here to ask whether the stack is to be deleted: pass --force',
    );
  }
}
