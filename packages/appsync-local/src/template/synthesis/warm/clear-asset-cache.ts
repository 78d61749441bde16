import { createRequire } from 'node:module';

/** The module of the CDK that remembers assets by their path for as long as a process lives. */
const ASSET_STAGING = /[\\/]aws-cdk-lib[\\/]core[\\/]lib[\\/]asset-staging\.js$/;

/** Has the CDK look at assets' files again, which the process has seen before. */
export function clearAssetCache(): void {
  for (const module of Object.values(createRequire(import.meta.url).cache)) {
    if (module && ASSET_STAGING.test(module.filename)) {
      (
        module.exports as { AssetStaging?: { clearAssetHashCache?(): void } }
      ).AssetStaging?.clearAssetHashCache?.();
    }
  }
}
