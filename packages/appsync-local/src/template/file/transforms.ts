import { isRecord } from '../../ground/record.ts';
import { objectsOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Problems } from '../problems.ts';
import { withoutLoops } from '../resource-definitions.ts';
import { isSamType, transformSam } from '../sam/transform.ts';

const SAM = 'AWS::Serverless-2016-10-31';

/** Its functions are known to every template here; its loops are not. */
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * Applies the transforms that a template names. Of macros that are not applied here, a note says so.
 * @param path of the template, for messages
 * @param problems receives what a transform would refuse
 */
export function applyTransforms(
  template: JsonObject,
  path: string,
  problems: Problems,
): { template: JsonObject; notes: string[] } {
  const names = [template['Transform'] ?? []].flat().map(nameOf);
  const notes = names
    .filter((name) => name !== SAM && name !== LANGUAGE_EXTENSIONS)
    .map((name) => `Transform ${name} of ${path} is not applied here; what it changes is missing.`);
  const { template: unlooped, notes: ofLoops } = withoutLoops(template, path);
  notes.push(...ofLoops);
  if (names.includes(SAM)) {
    const { template: transformed, notes: more } = transformSam(unlooped, problems);
    return { template: transformed, notes: [...notes, ...more] };
  }
  if (Object.values(objectsOf(unlooped['Resources'])).some(({ Type }) => isSamType(Type))) {
    problems.add(`${path} has resources of SAM and no Transform; add "Transform: ${SAM}"`);
  }
  return { template: unlooped, notes };
}

/** A macro with parameters is `{ Name, Parameters }`. */
const nameOf = (transform: unknown): string =>
  isRecord(transform) ? String(transform['Name']) : String(transform);
