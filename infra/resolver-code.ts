import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import type { ResolverBundle } from './resolver-bundles.ts';

/**
 * Inline code whose source map is written to the cloud assembly, where the local server looks for it:
 * `source-maps/SHA256-OF-THE-CODE.map`. The file is not an asset, so `cdk deploy` does not upload it (ADR 22).
 */
export class ResolverCode extends Code {
  private readonly bundle: ResolverBundle;

  constructor(bundle: ResolverBundle) {
    super();
    this.bundle = bundle;
  }

  override bind(scope: Construct): CodeConfig {
    const { code, sourceMap } = this.bundle;
    attachCustomSynthesis(scope, {
      onSynthesize: ({ outdir }) => {
        const directory = join(outdir, 'source-maps');
        mkdirSync(directory, { recursive: true });
        writeFileSync(join(directory, `${createHash('sha256').update(code).digest('hex')}.map`), sourceMap);
      },
    });
    return { inlineCode: code };
  }
}
