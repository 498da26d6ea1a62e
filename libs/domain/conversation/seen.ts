import type { NodeOf, Place } from '../flow/flow.js';
import { arrive, fallBack, sayUnsupported } from './handle.js';
import { currentFlow, here, nodeAt, render, say, turnOf, type Run } from './run.js';
import type { KeptAnswer, LookedAt } from './state.js';
import { walk } from './walk.js';

/** Takes in what a picture is. What becomes of a receipt, its own workflow tells later; here the customer hears that it came. */
export function takeLook(run: Run, answer: KeptAnswer): void {
  const { pending } = run.state;
  if (pending?.receipt === undefined) return;
  delete run.state.pending;
  const place = here(run.state);
  const node = place === undefined ? undefined : nodeAt(run, place);
  const is = answer.ok && answer.kind === 'receipt' ? answer.is : 'pending';
  const asking = place !== undefined && node?.type === 'receipt' ? { place, node } : undefined;
  if (is === 'receipt' || is === 'pending') received(run, is, asking);
  else if (asking !== undefined || run.settings.receipts.asked === true) refuse(run, is);
  else sayUnsupported(run, pending.receipt.what);
}

/** Several of one burst are received with one word. */
function received(run: Run, is: 'receipt' | 'pending', asking: { place: Place; node: NodeOf<'receipt'> } | undefined): void {
  const { kind, start, texts } = currentFlow(run);
  const turn = turnOf(run.state);
  const words = asking?.node.received ?? (is === 'receipt' ? texts.receiptReceived : texts.receiptPending);
  arrive(run);
  if (turn.received !== true) say(run, words, here(run.state) ?? { flow: kind, node: start });
  turn.received = true;
  if (asking !== undefined) walk(run, { flow: asking.place.flow, node: asking.node.next });
}

function refuse(run: Run, is: Exclude<LookedAt['is'], 'receipt' | 'pending'>): void {
  const { texts } = currentFlow(run);
  fallBack(run, render(run, is === 'other' ? texts.notReceipt : texts.receiptUnreadable));
}
