import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';

export const poke = defineSignal<[number]>('poke');

/** The least that Temporal can do: a signal, one activity in another process. No codec, no database, no decision. */
export async function bare(done = 0): Promise<void> {
  let wanted = done;
  let handled = done;
  setHandler(poke, (number) => {
    wanted = Math.max(wanted, number);
  });
  const { act } = proxyActivities<{ act(number: number): Promise<void> }>({ taskQueue: 'bare-act', startToCloseTimeout: '10s' });
  for (;;) {
    await condition(() => wanted > handled);
    handled = wanted;
    await act(handled);
    // Not with a signal of the same task in hand: it would be lost with this run.
    if (workflowInfo().historyLength > 500 && wanted === handled) await continueAsNew<typeof bare>(handled);
  }
}
