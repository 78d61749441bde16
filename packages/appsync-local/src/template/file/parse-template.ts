import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import { loadJsonObject, loadText, shown } from '../json.ts';
import type { JsonObject } from '../json.ts';

/**
 * Reads a CloudFormation template: JSON, or YAML with the short forms of intrinsic functions.
 * @returns the template with every short form written out: `!Ref x` as `{ Ref: 'x' }`
 * @throws StartFailure when the file cannot be read or is no template, with the line
 */
export async function parseTemplate(path: string): Promise<JsonObject> {
  const text = loadText(path);
  if (/^\s*\{/.test(text)) {
    return loadJsonObject(path);
  }
  // Loaded late: most starts have no YAML to read.
  const { parseYaml } = await import('./parse-yaml.ts');
  const value = parseYaml(path, text);
  if (!isRecord(value)) {
    throw new StartFailure(`${path} must hold a CloudFormation template; it holds ${shown(value)}`);
  }
  return value;
}
