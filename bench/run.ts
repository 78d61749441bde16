import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownTemporaryFolder } from '../tests/harness/own-temporary-folder.ts';
import type { Measured } from './measured.ts';
import { helpText, parseBenchOptions } from './options.ts';
import { sectionText } from './report/terminal.ts';
import { keep, loadNow, surroundings } from './results.ts';
import type { Section } from './section.ts';
import { sections } from './sections/index.ts';

async function main(): Promise<void> {
  const options = parseBenchOptions(process.argv.slice(2), sections);
  if (!options) {
    return console.log(helpText(sections));
  }
  const measured: Measured[] = [];
  for (const section of options.sections) {
    const one = await measure(section, options.quick);
    measured.push(one);
    console.log(sectionText(one.title, one.result));
  }
  if (options.quick) {
    return console.log(ratiosLine(measured));
  }
  const written = keep(
    measured,
    sections.map(({ name }) => name),
  );
  console.log(`\nWrote ${written.join(', ')}`);
}

async function measure(section: Section, quick: boolean): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), `bench-${section.name}-`));
  const where = surroundings();
  const before = loadNow();
  try {
    const result = await section.run({ quick, scratch, progress: createProgress(section.name) });
    return { name: section.name, title: section.title, ...where, load: { before, after: loadNow() }, result };
  } finally {
    if (process.stderr.isTTY) {
      process.stderr.write(CLEAR);
    }
    rmSync(scratch, { recursive: true, force: true });
  }
}

const CLEAR = '\r\u001B[K';
const QUIET_MS = 5_000;

/** One line that changes on a terminal; elsewhere a line now and then. */
function createProgress(name: string): (line: string) => void {
  let last = -Infinity;
  return (line) => {
    const text = `${name}: ${line}`;
    if (process.stderr.isTTY) {
      process.stderr.write(`${CLEAR}${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    } else if (performance.now() - last >= QUIET_MS) {
      last = performance.now();
      process.stderr.write(`${text}\n`);
    }
  };
}

const ratiosLine = (measured: Measured[]): string =>
  JSON.stringify(
    Object.fromEntries(
      measured.map(({ name, result }) => [
        name,
        Object.fromEntries(result.targets.map(({ name, ratio }) => [name, Number(ratio.toPrecision(3))])),
      ]),
    ),
  );

// Also for programs that are measured, and for a run that is broken off.
ownTemporaryFolder('bench');
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
