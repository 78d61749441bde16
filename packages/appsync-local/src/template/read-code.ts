import { StartFailure } from '../ground/start-failure.ts';
import type { CodeModel } from './app-model.ts';
import { AssemblySourceMap } from './assembly-source-map.ts';
import { findAsset } from './assets.ts';
import { loadText, shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import type { Resource } from './resource.ts';

/** Characters of one APPSYNC_JS code unit (docs/facts/limits.md#code). */
const LONGEST_CODE = 32_768;

const VTL_PROPERTIES = [
  'RequestMappingTemplate',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplate',
  'ResponseMappingTemplateS3Location',
];

/**
 * Reads the APPSYNC_JS code of a resolver or AppSync function; undefined without code (direct Lambda).
 * @param title for people: `resolver Mutation.putItem`
 * @throws NotRunHere for VTL
 * @throws StartFailure for another runtime, missing files and code over 32,768 characters
 */
export function readCode(resource: Resource, title: string): CodeModel | undefined {
  const named = `${title} (logical id ${resource.logicalId})`;
  if (VTL_PROPERTIES.some((name) => resource.properties.value(name) !== undefined)) {
    throw new NotRunHere(
      `${named} has VTL mapping templates; the local server runs APPSYNC_JS 1.0.0 only, so try it on AWS or write it in JavaScript`,
      'VTL mapping templates do not run here; try them on AWS, or write them in JavaScript (APPSYNC_JS)',
    );
  }
  const text = readText(resource, 'Code', 'CodeS3Location');
  if (text === undefined) {
    return undefined;
  }
  refuseOtherRuntimes(resource, named);
  if (text.length > LONGEST_CODE) {
    throw new StartFailure(
      `${named} has ${text.length} characters of code; AppSync's limit is ${LONGEST_CODE} (32 KB)`,
    );
  }
  return {
    logicalId: resource.logicalId,
    title,
    text,
    sourceMap: new AssemblySourceMap(resource.stack.directory, text),
  };
}

/**
 * Reads a text in the template or in an asset file.
 * @param inline name of the property with the text
 * @param located name of the property with its S3 location
 * @throws StartFailure when the location is not a file of the cloud assembly
 */
export function readText(resource: Resource, inline: string, located: string): string | undefined {
  const text = resource.properties.optionalText(inline);
  if (text !== undefined) {
    return text;
  }
  const location = resource.properties.optionalText(located);
  if (location === undefined) {
    return undefined;
  }
  const asset = findAsset(resource.assets, location);
  if (asset === undefined) {
    throw new StartFailure(
      `${resource.properties.where}: ${located} ${shown(location)} is not an asset of the cloud assembly`,
    );
  }
  return loadText(asset.path);
}

function refuseOtherRuntimes(resource: Resource, named: string): void {
  const runtime = resource.properties.optionalSection('Runtime');
  if (runtime === undefined) {
    throw new StartFailure(
      `${named} has code but no Runtime; AppSync requires Name APPSYNC_JS, RuntimeVersion 1.0.0`,
    );
  }
  const found = `${runtime.text('Name')} ${runtime.text('RuntimeVersion')}`;
  if (found !== 'APPSYNC_JS 1.0.0') {
    throw new StartFailure(`${named} uses the runtime ${found}; the local server runs APPSYNC_JS 1.0.0 only`);
  }
}
