import { takenByNpm } from '../schema/command-line.ts';
import { DeployFailure } from './deploy-failure.ts';

/** For commands that hand options on, so that `parseArgs` does not see them. @throws DeployFailure for an option that npm kept */
export function refuseTakenByNpm(names: readonly string[]): void {
  const taken = takenByNpm(names);
  if (taken !== undefined) {
    throw new DeployFailure(taken);
  }
}
