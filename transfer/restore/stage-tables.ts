import { findChanges } from '../target.ts'; // part: change-feed
import { findConstraints, type Target } from '../target.ts';

/** The tables of a stage by what they hold. */
export interface StageTables {
  items: string;
  constraints: string;
  changes?: string; // part: change-feed
}

/** @throws TransferFailure when the constraints table must be named */
export async function stageTables(target: Target, constraints: string | undefined): Promise<StageTables> {
  const changes = await findChanges(target); // part: change-feed
  return {
    items: target.items,
    constraints: await findConstraints(target, constraints),
    ...(changes !== undefined && { changes }), // part: change-feed
  };
}
