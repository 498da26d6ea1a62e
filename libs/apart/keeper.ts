import { workerData } from 'node:worker_threads';

const LOOKED_EVERY_MS = 50;

/** Ends its process when that holds more than it may, which no limit of a heap says of buffers and of native code, or when nobody waits for it any more. */
const { megabytes, parent } = workerData as { megabytes: number; parent: number };
setInterval(() => {
  if (process.memoryUsage.rss() > megabytes * 1024 * 1024 || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, LOOKED_EVERY_MS);
