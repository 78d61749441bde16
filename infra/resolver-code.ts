import { attachCustomSynthesis } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-appsync';
import type { Construct } from 'constructs';
import { type MappedCode, writeSourceMap } from './source-map.ts';

/** Inline code whose source map is in the cloud assembly. */
export class ResolverCode extends Code {
  private readonly bundle: MappedCode;

  constructor(bundle: MappedCode) {
    super();
    this.bundle = bundle;
  }

  override bind(scope: Construct): CodeConfig {
    attachCustomSynthesis(scope, { onSynthesize: ({ outdir }) => writeSourceMap(outdir, this.bundle) });
    return { inlineCode: this.bundle.code };
  }
}
