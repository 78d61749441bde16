import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleDirectory } from '../../../src/ground/bundle.ts';
import { Resynthesis } from '../../../src/template/resynthesis.ts';
import { temporaryDirectory, writeText } from './harness/written-assembly.ts';

/** An app that writes an assembly, and the process that it ran in. */
const APP = `
  const { writeFileSync } = require('node:fs');
  writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', '{}');
  writeFileSync(process.env.CDK_OUTDIR + '/pid', String(process.pid));
`;

/** @param app the command of cdk.json */
async function projectOf(app: string): Promise<{ project: string; resynthesis: Resynthesis }> {
  const project = temporaryDirectory();
  writeText(project, 'cdk.json', JSON.stringify({ app, watch: { include: ['app.js', 'before.js'] } }));
  writeText(project, 'app.js', APP);
  const resynthesis = new Resynthesis({
    project,
    out: join(project, 'out'),
    bundle: await bundleDirectory(),
  });
  onTestFinished(() => resynthesis.close());
  return { project, resynthesis };
}

const saved = { paths: [], cameOrWent: false };
const pidIn = (directory: string): string => readFileSync(join(directory, 'pid'), 'utf8');

test('keeps the process of what a command ends with, and runs what comes before each time', async () => {
  const { project, resynthesis } = await projectOf('node --stack-size=900 before.js && node app.js');
  writeText(project, 'before.js', "require('node:fs').appendFileSync('ran', 'x');");

  await resynthesis.prepare();
  expect(existsSync(join(project, 'ran'))).toBe(false);
  const first = await resynthesis.synthesize(saved);
  const second = await resynthesis.synthesize(saved);

  expect(readFileSync(join(project, 'ran'), 'utf8')).toBe('xx');
  expect(pidIn(second.directory)).toBe(pidIn(first.directory));
});

test('takes in nothing when what comes before fails', async () => {
  const { resynthesis } = await projectOf('node --stack-size=900 missing.js && node app.js');

  await expect(resynthesis.synthesize(saved)).rejects.toThrow(
    "the CDK app could not be synthesized: 'node --stack-size=900 missing.js' failed: ",
  );
});

test('prepares nothing where there is nothing to keep', async () => {
  const { project, resynthesis } = await projectOf('sh -c "node app.js"');

  await resynthesis.prepare();

  expect(existsSync(join(project, 'out'))).toBe(false);
});

test('runs an app that changes its working directory, again and again', async () => {
  const { project, resynthesis } = await projectOf('node app.js');
  writeText(project, 'folder/there', '');
  writeText(project, 'app.js', `process.chdir('folder'); ${APP}`);

  const first = await resynthesis.synthesize(saved);
  const second = await resynthesis.synthesize(saved);

  expect(pidIn(second.directory)).toBe(pidIn(first.directory));
});

// As NodejsFunction of aws-cdk-lib runs esbuild.
test('fails with what a program of the app has written, and then runs again', async () => {
  const { project, resynthesis } = await projectOf('node app.js');
  writeText(
    project,
    'app.js',
    `const { spawnSync } = require('node:child_process');
     spawnSync('node', ['-e', 'console.error("✘ [ERROR] Unexpected end of file")'], { stdio: ['ignore', process.stderr, 'inherit'] });
     throw new Error('bundling failed');`,
  );

  await expect(resynthesis.synthesize(saved)).rejects.toThrow(
    "'node app.js' failed: ✘ [ERROR] Unexpected end of file",
  );
  writeText(project, 'app.js', 'throw new Error("no stage")');
  await expect(resynthesis.synthesize(saved)).rejects.toThrow("'node app.js' failed: Error: no stage");
  writeText(project, 'app.js', APP);
  expect(pidIn((await resynthesis.synthesize(saved)).directory)).toMatch(/^\d+$/);
});
