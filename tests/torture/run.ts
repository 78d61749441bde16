import { randomFrom } from '../../packages/appsync-local/tests/harness/random.ts';
import { Findings } from './findings.ts';
import { Ground } from './harness/ground.ts';
import { helpText, parseOptions, type TortureOptions } from './options.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';
import { createProgress } from './progress.ts';
import { isClean, type PartResult, problemsText, tableText } from './report.ts';
import { roundsOf } from './rounds.ts';

// The SDK's advice about this machine's Node.js says nothing about the server.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** By Ctrl-C, as shells count it. */
const INTERRUPTED = 130;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), parts);
  if (options.help) {
    console.log(helpText(parts));
    return 0;
  }
  console.log(`Seed ${options.seed}: ${againLine(options)} makes the same choices.`);
  const ground = await Ground.open();
  const results: PartResult[] = [];
  const interrupted = onInterrupt(ground, results);
  for (const part of options.parts) {
    const findings = new Findings();
    results.push({ name: part.name, findings });
    await runPart(part, findings, ground, options);
  }
  const left = await ground.close();
  if (interrupted()) {
    return new Promise(() => undefined);
  }
  if (left.length > 0) {
    results.at(-1)!.findings.problem('wrong', 'processes go on without their server', left.join('\n'));
  }
  console.log(`\n${tableText(results)}`);
  if (isClean(results)) {
    return 0;
  }
  console.error(`\n${problemsText(results)}\n\nTo repeat: ${againLine(options)}`);
  return 1;
}

/** Ctrl-C ends all servers, shows what was found by then, and exits. @returns whether that has begun */
function onInterrupt(ground: Ground, results: readonly PartResult[]): () => boolean {
  let begun = false;
  const interrupt = async (): Promise<void> => {
    if (begun) {
      process.exit(INTERRUPTED);
    }
    begun = true;
    // What the parts find from here on is our own doing.
    const table = tableText(results);
    await ground.close();
    console.log(`\n${table}\n\nInterrupted.`);
    process.exit(INTERRUPTED);
  };
  process.on('SIGINT', () => void interrupt()).on('SIGTERM', () => void interrupt());
  return () => begun;
}

async function runPart(
  part: Part,
  findings: Findings,
  ground: Ground,
  { seed, counted, minutes, parts: all }: TortureOptions,
): Promise<void> {
  const progress = createProgress(part.name, findings);
  const partMs = (minutes * 60_000) / all.length;
  try {
    await part.run({
      random: randomFrom(seedOf(seed, part.name)),
      rounds: roundsOf({ counted, partMs }),
      findings,
      ground,
    });
  } catch (error) {
    findings.problem('wrong', `the part ended early: ${String(error)}`, stackOf(error));
  } finally {
    progress.end();
  }
}

/** Parts make choices of their own, so that each can be repeated alone. */
const seedOf = (seed: number, name: string): number =>
  [...name].reduce((mixed, letter) => Math.imul(mixed ^ letter.codePointAt(0)!, 0x01000193), seed);

const stackOf = (error: unknown): string | undefined => (error instanceof Error ? error.stack : undefined);

const againLine = ({ seed, counted }: TortureOptions): string =>
  `npm run torture -- --seed ${seed}${counted ? ` --${counted}` : ''}`;

main().then(
  // Sockets and timers of what was given up must not keep it.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
