import { spawn } from 'node:child_process';

/** Waits for the server to end, then ends the engine. */
export interface Watcher {
  /** Call it once the engine has ended by itself, before its pid can be reused. */
  dismiss(): void;
}

/**
 * Reads until the pipe from the server closes, which the system does however the server ends. Then asks the engine ($1) to
 * stop, kills it after two seconds and removes the temporary folder ($2), if there is one.
 */
const POSIX_SCRIPT = `
read -r _
kill -TERM "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -0 "$1" 2>/dev/null || break
  sleep 0.1
done
kill -KILL "$1" 2>/dev/null
[ -z "$2" ] || rm -rf -- "$2"
`;

const WINDOWS_SCRIPT = `
const [pid, folder] = process.argv.slice(1);
process.stdin.resume().on('close', () => {
  try { process.kill(Number(pid)); } catch {}
  if (folder) require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});
`;

/**
 * Ensures that no engine outlives its server, not even one killed with SIGKILL: the engine itself ignores the end of its
 * standard input (measured 2026-11-23). So a shell of under 1 MB holds the other end of a pipe.
 *
 * @param temporaryFolder Removed after the server has ended.
 */
export function watchEngine(enginePid: number, temporaryFolder = ''): Watcher {
  const [program, flag, script, name] =
    process.platform === 'win32'
      ? ([process.execPath, '-e', WINDOWS_SCRIPT, []] as const)
      : (['/bin/sh', '-c', POSIX_SCRIPT, ['appsync-local-watcher']] as const);
  const shell = spawn(program, [flag, script, ...name, String(enginePid), temporaryFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl-C in the terminal reaches the server alone
    windowsHide: true,
  });
  shell.on('error', () => {}); // no shell: the next start on the same directory ends the engine
  shell.stdin?.on('error', () => {}); // the shell was killed
  shell.unref();
  return { dismiss: () => void shell.kill('SIGKILL') };
}
