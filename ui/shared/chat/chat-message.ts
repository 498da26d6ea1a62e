import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { Moments } from '../time/moments';
import { causeOf, tickOf } from './delivery';
import { newestText } from './folding';
import { receiptMark } from './receipt-mark';
import { FormattedText } from './formatted-text';
import { es } from './i18n/es';
import { injectChatText } from './i18n/inject-text';
import { MessageBody } from './message/message-body';
import { MessageMenu } from './message/message-menu';
import { QuoteLine } from './message/quote-line';
import type { EntryRow } from './timeline';

const authorIcons: Record<string, IconName> = { bot: 'bot', owner: 'phone', system: 'info' };
/** What can be answered with a quote, or reacted to: what WhatsApp shows as a message. */
const unanswerable = new Set(['unreadable', 'placeholder']);

/** What an agent wants to do with a message. */
export type MessageAct = { readonly kind: 'quote' } | { readonly kind: 'react'; readonly emoji: string };

/** One message: told apart by author, with what it holds, what became of it since, its time and, if it went out, how far it came. */
@Component({
  selector: 'hilo-chat-message',
  imports: [FormattedText, Icon, MessageBody, MessageMenu, QuoteLine],
  templateUrl: './chat-message.html',
  host: {
    class: 'msg',
    '[class.msg--out]': `entry().direction === 'out'`,
    '[class.msg--bot]': `entry().author === 'bot'`,
    '[class.msg--agent]': `entry().author === 'agent' || entry().author === 'owner'`,
    '[class.msg--failed]': `tick()?.tick === 'failed'`,
    '[class.msg--unknown]': `tick()?.tick === 'unknown'`,
    '[class.msg--deleted]': `row().changes?.deletion`,
  },
})
export class ChatMessage {
  readonly row = input.required<EntryRow>();
  /** Whether the person may write here now. */
  readonly writable = input(false);
  /** A message that failed for good, to be sent as a new one. */
  readonly again = output<Entry>();
  readonly act = output<MessageAct>();
  /** To the message that this one quotes. */
  readonly jump = output();
  /** Its picture or film, large. */
  readonly view = output();
  protected readonly text = injectChatText();
  protected readonly moments = inject(Moments);
  /** What was said before it was edited is on the screen. */
  protected readonly earlier = signal(false);

  protected readonly entry = computed(() => this.row().entry);
  protected readonly said = computed(() => newestText(this.entry(), this.row().changes));
  protected readonly edits = computed(() => this.row().changes?.edits ?? []);
  /** What it said before, oldest first. */
  protected readonly versions = computed(() => [this.entry(), ...this.edits()].flatMap(({ text, at }) => (text === undefined ? [] : [{ text, at }])).slice(0, -1));
  protected readonly unreadEdit = computed(() => this.edits().at(-1)?.details?.unreadable === 'edit-unreadable');
  protected readonly reactions = computed(() => this.row().changes?.reactions ?? []);
  protected readonly ownReaction = computed(() => this.reactions().find(({ ours }) => ours)?.emoji);
  protected readonly answerable = computed(() => this.writable() && this.entry().waId !== undefined && !unanswerable.has(this.entry().contentKind ?? 'text') && !this.row().changes?.deletion);

  protected readonly receipt = computed(() => receiptMark(this.entry().receipt?.state));

  protected readonly who = computed(() => {
    const { direction, author, agent } = this.entry();
    if (direction === 'in' || !this.row().named) return undefined;
    const key = `author.${author}`;
    return { icon: authorIcons[author], name: agent?.name ?? this.text(key in es ? (key as keyof typeof es) : 'author.system') };
  });
  protected readonly tick = computed(() => {
    const { direction, state } = this.entry();
    return direction === 'out' && state ? tickOf(state) : undefined;
  });
  protected readonly fault = computed(() => {
    const tick = this.tick()?.tick;
    if (tick !== 'failed' && tick !== 'unknown') return undefined;
    const { words, code } = causeOf(this.entry().cause);
    const cause = this.text(words, { code });
    return { icon: tick === 'failed' ? ('alert' as const) : ('help' as const), words: this.text(tick, { cause }), again: tick === 'failed' && this.entry().author === 'agent' };
  });
}
