import { settle } from './leave.js';
import type { Run } from './run.js';
import type { Input, MessageContent } from './state.js';

type Message = Extract<Input, { kind: 'message' }>;

/**
 * Lets edits and deletions act on messages that nobody has decided about yet: an edited one is answered as it reads now, a deleted
 * one not at all. What was decided before stays decided: its correction is noted. (An edit of a message that never reached us is a
 * message: it names none of ours.)
 * @returns the inputs as they are to be taken in, in the same order
 */
export function correct(run: Run, inputs: readonly Input[]): Input[] {
  const { state } = run;
  const fresh = new Map<number, Message>();
  return inputs.map((input): Input => {
    if (input.kind !== 'message' || input.seq <= state.lastSeq) return input;
    const message = { ...input };
    fresh.set(message.seq, message);
    const { content } = message;
    if (content.kind === 'text' && content.replaces !== undefined) {
      replace(run, fresh.get(content.replaces), content.replaces, content.text);
      message.content = { kind: 'gesture' };
    } else if (content.kind === 'gesture' && content.withdraws !== undefined) withdraw(run, fresh.get(content.withdraws), content.withdraws);
    return message;
  });
}

/** Only a text is replaced: the new caption of a picture leaves it a picture. */
function replace(run: Run, target: Message | undefined, seq: number, text: string): void {
  const waiting = waitingBehind(run, seq);
  const content: MessageContent = { kind: 'text', text };
  if (target?.content.kind === 'text') target.content = content;
  else if (waiting?.content?.kind === 'text') waiting.content = content;
}

function withdraw(run: Run, target: Message | undefined, seq: number): void {
  if (target !== undefined) {
    target.content = { kind: 'gesture' };
    return;
  }
  if (waitingBehind(run, seq) === undefined) return;
  run.state.inbox = run.state.inbox.filter((message) => message.seq !== seq);
  settle(run, [seq], 'noted');
}

/** One that waits while a question of an earlier message is open. What the flow was entered for is being decided already. */
const waitingBehind = ({ state }: Run, seq: number) => state.inbox.find((message) => message.seq === seq && seq !== state.turn?.openedFor);
