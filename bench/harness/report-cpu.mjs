/**
 * Loaded first in every process that is measured: tells its own CPU time and memory when asked, and ends with the
 * process that started it. `process.cpuUsage` counts all threads of this process, and no children.
 */
process.on('message', (question) => {
  if (question === 'usage') process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() });
});
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
