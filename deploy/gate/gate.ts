import { apiOf } from './api.ts';
import { brokenSchema } from './broken-schema.ts';
import { changedKinds } from './changed-kinds.ts';
import { changedTables } from './changed-tables.ts';
import type { Loss } from './loss.ts';
import { lostAccess } from './lost-access.ts';
import { lostProtection } from './lost-protection.ts';
import { lostResources } from './lost-resources.ts';
import { lostService } from './lost-service.ts';
import { lostSignIn } from './lost-sign-in.ts';
import type { Template } from './template.ts';

/**
 * Everything that a stack would lose by an update.
 *
 * @param before the deployed template
 * @param after the template to deploy
 * @throws DeployFailure for a schema in either that cannot be read
 */
export async function lossesOf(before: Template, after: Template): Promise<Loss[]> {
  const [old, now] = [apiOf(before, 'the deployed template'), apiOf(after, 'the new template')];
  return [
    ...lostResources(before, after),
    ...changedTables(before, after),
    ...lostProtection(before, after),
    ...lostSignIn(before, after),
    ...lostService(before, after),
    ...(old && now ? [...(await brokenSchema(old, now)), ...lostAccess(old, now)] : []),
    ...changedKinds(before, after), // part: validated-items
  ];
}
