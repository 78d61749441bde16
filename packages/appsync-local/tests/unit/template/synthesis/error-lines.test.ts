import { expect, test } from 'vitest';
import { errorLines } from '../../../../src/template/synthesis/error-lines.ts';

test.each<[string, string, string]>([
  [
    'an uncaught error of Node.js',
    "/app.ts:3\n  throw new Error('boom');\n        ^\n\nError: boom\n    at main (/app.ts:3:9)\n    at other\n\nNode.js v20.20.2\n",
    'Error: boom',
  ],
  [
    'a message of several lines',
    '\nTransformError: Transform failed with 1 error:\n/app.ts:1:2: ERROR: Expected ";"\n    at x\n',
    'TransformError: Transform failed with 1 error: /app.ts:1:2: ERROR: Expected ";"',
  ],
  [
    'a report',
    'ValidationFailed: findings\n\none\ntwo\nthree\n    at x',
    'ValidationFailed: findings one two (and 1 more line)',
  ],
  [
    'a warning before it',
    'Warning: old Node\n\nTypeError: x is no function\n    at y',
    'TypeError: x is no function',
  ],
  [
    'an error of aws-cdk-lib, which tells the construct after it',
    'x:123\n    ^\n\n[«FailedToBundleAsset» Failed to bundle asset A/Code: Error: spawnSync yarn ENOENT\n    ...aws-cdk-lib...\n    (no user code in 10 frames, use --stack-trace-limit to capture more)\nRelates to construct:\n    <.> (aws-cdk-lib.App)\n     └─ Code (aws-cdk-lib.aws_s3_assets.Asset)]\n\nNode.js v20.20.2\n',
    '[«FailedToBundleAsset» Failed to bundle asset A/Code: Error: spawnSync yarn ENOENT',
  ],
  [
    'code that cannot be bundled, after other code that could',
    'Bundling asset A...\n\n  ...2877e/index.js  118.7kb\n\nDone in 1ms\n✘ [ERROR] Could not resolve "left-pad"\n\n    a.js:3:33:\n\n1 error\nnode:child_process:930\n    throw err;\n    ^\n\nError: Command failed: esbuild --bundle a.js\n    at x\n',
    '✘ [ERROR] Could not resolve "left-pad" (a.js:3:33)',
  ],
  [
    'an error after bundled code',
    'Bundling asset A...\n\n  ...2877e/index.js  118.7kb\n\nError: no such stage\n    at x\n',
    'Error: no such stage',
  ],
  [
    'an error of aws-cdk-lib 2.276, which tells what the app has called',
    'x:123\n    ^\n\n«CannotFindPackageLockFile» Cannot find a package lock file\n    ...new NodejsFunction in aws-cdk-lib...\n    at inc (/lib/app.ts:49:12)\n    ...node internals, tsx...\nRelates to construct:\n    <.> (aws-cdk-lib.App)\n',
    '«CannotFindPackageLockFile» Cannot find a package lock file',
  ],
  [
    'an error with a cause',
    '/app.ts:3\n    ^\n\nError: no stack\n    at x {\n  [cause]: Error: no table\n      at y {\n    [cause]: TypeError: x is no function\n        at z\n  }\n}\n\nNode.js v20.20.2\n',
    'Error: no stack (cause: TypeError: x is no function)',
  ],
  [
    'an error of Amplify, which has a member for the cause',
    '/factory.ts:311\n      throw new AmplifyUserError(\n            ^\n\n\nAmplifyError [AmplifyDataConstructInitializationError]: Failed to instantiate data construct\n    at x {\n  cause: InvalidDirectiveError: @index may only be used once\n      at y,\n  details: undefined\n}\n',
    'AmplifyError [AmplifyDataConstructInitializationError]: Failed to instantiate data construct (cause: InvalidDirectiveError: @index may only be used once)',
  ],
  [
    'a member that is only named cause',
    'Error: no stack\n    at x {\n  cause: undefined,\n  code: 1\n}\n',
    'Error: no stack',
  ],
  ['an error without a known name', 'noise\n\n  ^\n\nBadThing: gone\n    at y', 'BadThing: gone'],
  ['words without a stack trace', 'sh: 1: nothing: not found\n', 'sh: 1: nothing: not found'],
  ['a long talk', 'a\nb\nc\nd\ne\n', '(after 2 other lines) c d e'],
  ['silence', '\n', ''],
])('keeps what matters of %s', (_title, output, expected) => {
  expect(errorLines(output)).toBe(expected);
});
