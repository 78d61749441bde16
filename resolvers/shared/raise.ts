import { util } from '@aws-appsync/utils';
import type { Refusal } from '../../model/refusals.ts';

/** Ends the field with the refusal, if there is one. */
export function raise(found: Refusal | null): void {
  if (found) {
    util.error(found.message, found.type, found.data, found.info);
  }
}
