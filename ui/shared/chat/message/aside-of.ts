import type { Entry } from '../../api/conversations-api';
import type { IconName } from '../../icons/icon-names';
import type { TextKey } from '../i18n/es';

/** A line between bubbles: what somebody did that is no message by itself. */
export interface Aside {
  readonly icon: IconName;
  readonly key: TextKey;
  /** What was reacted with, or the new words. */
  readonly said?: string;
}

/** The line for an entry that has no bubble; undefined: it is a message. Edits and deletions come here when their message is not in the chat. */
export function asideOf({ kind, contentKind, direction, text, details, state }: Entry): Aside | undefined {
  if (kind !== 'message') return undefined;
  const whose = direction === 'out' ? 'ours' : 'theirs';
  switch (contentKind) {
    case 'call':
      return { icon: 'call', key: details?.call?.video ? 'aside.call.video' : 'aside.call' };
    case 'reaction':
      if (state === 'failed') return { icon: 'alert', key: 'aside.reaction.failed', said: text };
      return text ? { icon: 'smile', key: `aside.reaction.${whose}`, said: text } : { icon: 'smile', key: `aside.unreaction.${whose}` };
    case 'edit':
      return text ? { icon: 'pencil', key: `aside.edit.${whose}`, said: text } : { icon: 'pencil', key: 'aside.edit.unreadable' };
    case 'deleted':
      return { icon: 'trash', key: `aside.deleted.${whose}` };
    case 'poll-vote':
      return { icon: 'checks', key: 'aside.vote' };
    default:
      return undefined;
  }
}
