/** Of programs that tests run: npm's compiled code, tsx's pipes, Java's counters. All runs share them, where they have no folder of their own. */
const OF_OTHERS = /^(?:node-compile-cache|tsx-\d+|hsperfdata_\w+)$/;
/** A server that was killed cannot remove its copies of functions' code; the next one does. */
const OF_KILLED_SERVERS = /^lambda-\d+-/;

/** Ends a run of tests as failed, and says why, if they left files in the temporary folder. */
export function failForLeftFiles(left: readonly string[]): void {
  const ours = left.filter((name) => !OF_OTHERS.test(name) && !OF_KILLED_SERVERS.test(name));
  if (ours.length > 0) {
    console.error(leftText(ours));
    process.exitCode = 1;
  }
}

const SHOWN = 20;

const leftText = (names: readonly string[]): string =>
  [
    `Tests left ${names.length} files or folders in the temporary folder:`,
    ...names.slice(0, SHOWN).map((name) => `- ${name}`),
    ...(names.length > SHOWN ? ['- …'] : []),
    'Remove them in the test that makes them, also if it fails: afterAll, afterEach or onTestFinished.',
  ].join('\n');
