import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findPython } from '../../../src/ground/python.ts';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { arnOf, isAlive, lambdaFunction, openHost } from './harness/lambda-function.ts';

const here = findPython('3');
const runtime = `python${here?.version}`;

const python = (text: string, more: Partial<LambdaFunctionModel> = {}): LambdaFunctionModel =>
  lambdaFunction({ 'index.py': text }, { runtime, ...more });

async function answerOf(lambda: LambdaFunctionModel, event: unknown = {}): Promise<unknown> {
  const host = await openHost([lambda]);
  return host.invoke(arnOf('greet'), event);
}

describe.skipIf(here === undefined)('a Python function', () => {
  test('is given event and context, and answers what it returns', async () => {
    const lambda = python(`
def handler(event, context):
    return {"event": event, "name": context.function_name, "arn": context.invoked_function_arn,
            "memory": context.memory_limit_in_mb, "left": 0 < context.get_remaining_time_in_millis() <= 10000,
            "id": len(context.aws_request_id)}
`);

    expect(await answerOf(lambda, { text: 'grüße 🌍', list: [1, 2.5, null, true] })).toEqual({
      kind: 'answer',
      payload: {
        event: { text: 'grüße 🌍', list: [1, 2.5, null, true] },
        name: 'greet',
        arn: arnOf('greet'),
        memory: '128',
        left: true,
        id: 36,
      },
    });
  });

  test('keeps its module between invocations, in one process', async () => {
    const host = await openHost([
      python(
        'import os\ncount = 0\ndef handler(e, c):\n    global count; count += 1; return [os.getpid(), count]',
      ),
    ]);

    const first = await host.invoke(arnOf('greet'), {});
    const second = await host.invoke(arnOf('greet'), {});

    expect(first).toEqual({ kind: 'answer', payload: [expect.any(Number), 1] });
    expect(second).toEqual({ kind: 'answer', payload: [(first as { payload: number[] }).payload[0], 2] });
  });

  test('finds the modules of its code, in a package of its own as well', async () => {
    const files = {
      'app/main.py': 'from app.words import word\ndef run(event, context): return word',
      'app/words.py': 'word = "found"',
    };

    expect(await answerOf(lambdaFunction(files, { runtime, handler: 'app/main.run' }))).toEqual({
      kind: 'answer',
      payload: 'found',
    });
  });

  test('may return the decimals that DynamoDB hands out', async () => {
    const lambda = python(
      'from decimal import Decimal\ndef handler(e, c): return [Decimal("3"), Decimal("2.5"), Decimal("1E+2")]',
    );

    expect(await answerOf(lambda)).toEqual({ kind: 'answer', payload: [3, 2.5, 100] });
  });

  test.each<[string, string, Partial<LambdaFunctionModel>, string, RegExp]>([
    ['raises', 'def handler(e, c): raise ValueError("no " + e["x"])', {}, 'ValueError', /^no y$/],
    [
      'cannot be imported',
      'import nowhere',
      {},
      'Runtime.ImportModuleError',
      /'index': No module named 'nowhere'/,
    ],
    [
      'has a syntax error',
      'def handler(',
      {},
      'Runtime.UserCodeSyntaxError',
      /^Syntax error in module 'index': /,
    ],
    [
      'has no such handler',
      '',
      {},
      'Runtime.HandlerNotFound',
      /^Handler 'handler' missing on module 'index'$/,
    ],
    ['has a bad handler', '', { handler: 'index' }, 'Runtime.MalformedHandlerName', /^Bad handler 'index'/],
    [
      'returns what is no JSON',
      'def handler(e, c): return {1, 2}',
      {},
      'Runtime.MarshalError',
      /set is not JSON/,
    ],
    [
      'names a file of its own',
      'def handler(e, c): open(__file__ + "x")',
      {},
      'FileNotFoundError',
      /'\/var\/task\/index.pyx'/,
    ],
    ['leaves', 'import os\ndef handler(e, c): os._exit(7)', {}, 'Runtime.ExitError', /exit status 7/],
  ])('that %s is told as on Lambda', async (_what, text, more, errorType, errorMessage) => {
    expect(await answerOf(python(text, more), { x: 'y' })).toMatchObject({
      kind: 'function-error',
      errorType,
      errorMessage: expect.stringMatching(errorMessage),
    });
  });

  test('logs what it prints, and by the logging module', async () => {
    const lambda = python(`
import logging
logging.getLogger().setLevel(logging.INFO)
def handler(event, context):
    print("printed")
    logging.info("two\\nlines")
    logging.debug("unheard")
`);
    const host = await openHost([lambda]);

    await host.invoke(arnOf('greet'), {});

    await vi.waitFor(
      () =>
        expect(host.lines()).toEqual([
          'printed',
          expect.stringMatching(/^\[INFO\]\t\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z\t[\w-]{36}\ttwo\nlines$/),
        ]),
      PATIENCE,
    );
  });

  test.each(['Text', 'JSON'] as const)(
    'names its own files in tracebacks, in logs of %s',
    async (logFormat) => {
      const files = {
        'index.py':
          'import logging\nfrom app.words import fail\ndef handler(e, c):\n    try: fail()\n    except ValueError: logging.exception("failed")\n    fail()',
        'app/words.py': 'def fail(): raise ValueError("no")',
      };
      const host = await openHost([lambdaFunction(files, { runtime, logFormat })]);

      await host.invoke(arnOf('greet'), {});

      await vi.waitFor(() => expect(host.lines()).toHaveLength(2), PATIENCE);
      const [logged, raised] = host.lines();
      const places = /File \\?"index\.py\\?", line \d.*File \\?"app\/words\.py\\?", line 1/s;
      expect(logged).toMatch(places);
      expect(raised).toMatch(places);
    },
  );

  test.each([
    ['its module is loaded', (missing: string) => `${missing}\ndef handler(e, c): pass`],
    ['it is invoked', (missing: string) => `def handler(e, c): ${missing}`],
  ])('says what to do where boto3 is not here, when %s', async (_when, text) => {
    const missing = `raise ModuleNotFoundError("No module named 'boto3'", name="boto3")`;
    const host = await openHost([python(text(missing))]);

    await host.invoke(arnOf('greet'), {});

    await vi.waitFor(
      () =>
        expect(host.lines().join('\n')).toMatch(
          /^Lambda brings boto3, and .* has it not: pip install boto3$/m,
        ),
      PATIENCE,
    );
  });

  test('logs JSON where the function asks for it', async () => {
    const host = await openHost([
      python('import logging\ndef handler(e, c): logging.warning("careful")', { logFormat: 'JSON' }),
    ]);

    await host.invoke(arnOf('greet'), {});

    await vi.waitFor(
      () => expect(JSON.parse(host.lines()[0]!)).toMatchObject({ level: 'WARNING', message: 'careful' }),
      PATIENCE,
    );
  });

  test('is ended with the host, even in an endless loop', async () => {
    const host = await openHost([
      python('import os\ndef handler(e, c):\n    print(os.getpid())\n    while True: pass'),
    ]);
    const invoked = host.invoke(arnOf('greet'), {});
    await vi.waitFor(() => expect(host.lines()).toHaveLength(1), PATIENCE);

    await host.close();

    expect(await invoked).toMatchObject({ kind: 'host-error' });
    expect(isAlive(Number(host.lines()[0]))).toBe(false);
  });
});

/** A layer's directory, which goes with the test. */
function layer(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'layer-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

describe('what a layer has', () => {
  test.skipIf(here === undefined)('is found by a Python function, that of the last layer first', async () => {
    const layers = [
      layer({ 'python/words.py': 'word = "first"', 'python/other.py': 'word = "other"' }),
      layer({ [`python/lib/${runtime}/site-packages/words.py`]: 'word = "second"' }),
    ];
    const lambda = python('import words, other\ndef handler(e, c): return [words.word, other.word]', {
      layers,
    });

    expect(await answerOf(lambda)).toEqual({ kind: 'answer', payload: ['second', 'other'] });
  });

  test('is found by a Node.js function, that of the last layer first', async () => {
    const layers = [
      layer({
        'nodejs/node_modules/words/index.js': 'module.exports = "first";',
        'nodejs/node_modules/other/index.js': 'module.exports = "other";',
      }),
      layer({ 'nodejs/node22/node_modules/words/index.js': 'module.exports = "second";' }),
    ];
    const text = 'exports.handler = async () => [require("words"), require("other")];';

    expect(await answerOf(lambdaFunction({ 'index.js': text }, { layers }))).toEqual({
      kind: 'answer',
      payload: ['second', 'other'],
    });
  });
});
