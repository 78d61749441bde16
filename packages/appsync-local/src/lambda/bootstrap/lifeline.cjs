/**
 * Ends the process group as soon as the host has ended, even if the host was killed, and even if the function blocks the main
 * thread for ever: hence a separate thread. The pipe closes when the host, the last process that holds its other end, has
 * ended.
 */
const { Socket } = require('node:net');

const LIFELINE = 3;
const pipe = new Socket({ fd: LIFELINE, readable: true, writable: false });
pipe.on('error', () => {});
pipe.on('close', () => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'));
pipe.resume();
