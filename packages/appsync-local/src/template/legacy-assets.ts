import { extname, resolve } from 'node:path';
import { isRecord } from '../ground/record.ts';
import type { Asset } from './assembly.ts';
import type { JsonObject } from './json.ts';

/** What one stack says of its assets. */
interface LegacyAssets {
  /** By object key, and by the name of the parameter that a nested stack's TemplateURL ends with. */
  assets: Map<string, Asset>;
  /** The values that the CDK CLI gives the parameters of the stack. */
  parameters: Record<string, string>;
}

/** The bucket of the CDK's first bootstrap stack begins with this name. */
const BUCKET = 'cdktoolkit-stagingbucket';

/**
 * Reads the assets of a stack of CDK version 1, or of LegacyStackSynthesizer: they are metadata of the stack (`aws:cdk:asset`, "Asset manifest
 * schema" of the CDK's cloud-assembly-schema), and the template has the object's bucket and key as parameters. The value of a key is
 * `PREFIX||FILE`, which the template splits at `||` (aws-cdk 1.x, `asset-parameters`).
 */
export function legacyAssets(directory: string, artifact: JsonObject): LegacyAssets {
  const found: LegacyAssets = { assets: new Map(), parameters: {} };
  for (const data of assetsOf(artifact)) {
    const { path, packaging } = data;
    if (typeof path === 'string' && (packaging === 'zip' || packaging === 'file')) {
      addFile(found, data, { path: resolve(directory, path), packaging });
    } else if (typeof data.imageNameParameter === 'string') {
      found.parameters[data.imageNameParameter] = `aws-cdk/assets:${String(data.sourceHash)}`;
    }
  }
  return found;
}

function addFile({ assets, parameters }: LegacyAssets, data: JsonObject, asset: Asset): void {
  const file = `${String(data.sourceHash)}${asset.packaging === 'zip' ? '.zip' : extname(asset.path)}`;
  assets.set(`assets/${file}`, asset);
  const give = (name: unknown, value: string): void => {
    if (typeof name === 'string') {
      parameters[name] = value;
    }
  };
  give(data.s3BucketParameter, BUCKET);
  give(data.s3KeyParameter, `assets/||${file}`);
  give(data.artifactHashParameter, String(data.sourceHash));
  if (typeof data.s3KeyParameter === 'string') {
    assets.set(data.s3KeyParameter, asset);
  }
}

const assetsOf = (artifact: JsonObject): JsonObject[] =>
  Object.values(isRecord(artifact.metadata) ? artifact.metadata : {})
    .flat()
    .flatMap((entry) =>
      isRecord(entry) && entry['type'] === 'aws:cdk:asset' && isRecord(entry['data']) ? [entry['data']] : [],
    );
