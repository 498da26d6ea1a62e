const LOOK_EVERY_MS = 250;

/**
 * Calls back when the process that runs this one is gone. npm runs a script through a shell, and a SIGTERM to npm ends
 * npm and the shell without reaching the script. Only watched under npm: started by hand, a launcher may outlive its shell.
 * @param {() => void} onGone
 */
export function onParentGone(onGone) {
  if (process.connected) {
    process.once('disconnect', onGone);
    return;
  }
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
