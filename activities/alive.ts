import { activityInfo, heartbeat } from '@temporalio/activity';

/** Tells Temporal that this activity lives, as long as it does: a process that was killed is noticed by its silence. */
export async function alive<T>(work: () => Promise<T>): Promise<T> {
  const beats = setInterval(() => heartbeat(), (activityInfo().heartbeatTimeoutMs ?? 9_000) / 3);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
