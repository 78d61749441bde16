import { dirname, resolve } from 'node:path';
import { isRecord } from '../ground/record.ts';
import type { Asset } from './assembly.ts';
import { loadJsonObject, objectsOf } from './json.ts';
import type { JsonObject } from './json.ts';

/** The asset that a location such as `s3://bucket/KEY` or `https://s3.…/bucket/KEY` names. */
export function findAsset(assets: ReadonlyMap<string, Asset>, location: string): Asset | undefined {
  for (let slash = -1; ; slash = location.indexOf('/', slash + 1)) {
    const asset = assets.get(location.slice(slash + 1));
    if (asset !== undefined) {
      return asset;
    }
    if (slash === location.lastIndexOf('/')) {
      return undefined;
    }
  }
}

/** Adds the files that one `*.assets.json` lists. @throws StartFailure when it cannot be read. */
export function loadAssets(manifestPath: string, assets: Map<string, Asset>): void {
  for (const file of Object.values(objectsOf(loadJsonObject(manifestPath).files))) {
    addAsset(assets, manifestPath, file);
  }
}

function addAsset(assets: Map<string, Asset>, manifest: string, file: JsonObject): void {
  const source = isRecord(file.source) ? file.source : {};
  if (typeof source.path !== 'string') {
    return;
  }
  const path = resolve(dirname(manifest), source.path);
  for (const { objectKey } of Object.values(objectsOf(file.destinations))) {
    if (typeof objectKey === 'string') {
      assets.set(objectKey, { path, packaging: String(source.packaging ?? 'file') });
    }
  }
}
