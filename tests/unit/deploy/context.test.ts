import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkContext, contextOf } from '../../../deploy/context.ts';
import { STAGE } from '../../../infra/stage-settings.ts';

describe('the context of a deployment', () => {
  it('is that of cdk.json, and what is given goes before it', () => {
    expect(contextOf({ context: ['stage=prod', 'cli-telemetry=a=b'] })).toMatchObject({
      '@aws-cdk/core:checkSecretUsage': true,
      'cli-telemetry': 'a=b',
      stage: 'prod',
    });
  });

  it.each([
    [['satge=prod'], /^-c satge=prod: there is no such setting\. Did you mean stage\?/],
    [['stage=production'], new RegExp(`^-c stage=production: use ${STAGE.takes}$`)],
    [['prod'], /^-c prod: use key=value, such as -c stage=prod$/],
  ])('%j is refused before the synth', (context, message) => {
    expect(() => checkContext({ context })).toThrow(message);
  });

  it('is refused with everything that is wrong in it', () => {
    expect(() => checkContext({ context: ['satge=prod', 'budgt=3', 'waf=yes', 'prod=3'] })).toThrow(
      /^-c satge=prod: .*\n-c budgt=3: .*\n-c waf=yes: use true or false\n"prod" in cdk.json: use an object of settings/,
    );
  });

  it('may have keys of the CDK, and any for another app', () => {
    checkContext({ context: ['@aws-cdk/core:bootstrapQualifier=abc', 'stage=prod'] });
    checkContext({ context: ['satge=prod'], app: 'node other-app.js' });
  });

  it('is refused beside an assembly, which was made for a stage', () => {
    const app = mkdtempSync(join(tmpdir(), 'assembly-'));
    onTestFinished(() => rmSync(app, { recursive: true }));
    writeFileSync(join(app, 'manifest.json'), '{}');

    checkContext({ context: [], app });
    expect(() => checkContext({ context: ['stage=prod'], app })).toThrow(
      `--app ${app} is made already, so stage=prod would change nothing: leave one of them out`,
    );
  });
});
