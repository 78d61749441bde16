/**
 * Ends the process group as soon as the host is gone, even when the host was killed and even when the function keeps
 * the main thread busy for ever: hence a thread of its own. The pipe closes when the last process that holds its other
 * end, the host, ends.
 */
import { Socket } from 'node:net';
import process from 'node:process';

const LIFELINE = 3;
const pipe = new Socket({ fd: LIFELINE, readable: true, writable: false });
pipe.on('error', () => {});
pipe.on('close', () => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'));
pipe.resume();
