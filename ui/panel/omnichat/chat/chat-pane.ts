import { Dialog } from '@angular/cdk/dialog';
import { ApplicationRef, Component, ElementRef, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import type { Entry } from '../../../shared/api/conversations-api';
import { AgentOutbox } from '../../../shared/chat/agent-outbox';
import { ChatLog } from '../../../shared/chat/chat-log';
import type { MessageAct } from '../../../shared/chat/chat-message';
import { Composer, type WritingMode } from '../../../shared/chat/composer';
import type { Content } from '../../../shared/chat/outgoing/content';
import { Outgoing } from '../../../shared/chat/outgoing/outgoing';
import { firstUnread, timelineOf } from '../../../shared/chat/timeline';
import { injectSharedText } from '../../../shared/feedback/inject-text';
import { Empty, Failed } from '../../../shared/feedback/states';
import { Icon } from '../../../shared/icons/icon';
import type { IconName } from '../../../shared/icons/icon-names';
import { CurrentSession } from '../../../shared/session/current-session';
import { Moments } from '../../../shared/time/moments';
import { initialsOf } from '../../shell/initials';
import { injectOmniText } from '../i18n/inject-text';
import { OpenTicket } from '../tickets/open-ticket';
import { TicketCommands } from '../tickets/ticket-commands';
import { Chats } from './chats';
import type { Transfer } from './transfer-dialog';
import { Written } from './written';

const stateIcons: Record<string, IconName> = { 'pending': 'clock', 'in-progress': 'user', 'closed': 'check' };

/** The open ticket's conversation: what was said, what one may do, and where one writes. */
@Component({
  selector: 'panel-chat-pane',
  imports: [ChatLog, Composer, Empty, Failed, Icon, RouterLink],
  templateUrl: './chat-pane.html',
  styleUrl: './chat-pane.css',
  host: { '(dragover)': 'dragged($event)', '(dragleave)': 'left($event)', '(drop)': 'dropped($event)' },
})
export class ChatPane {
  protected readonly open = inject(OpenTicket);
  protected readonly chats = inject(Chats);
  protected readonly outbox = inject(AgentOutbox);
  protected readonly commands = inject(TicketCommands);
  protected readonly written = inject(Written);
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  readonly #session = inject(CurrentSession);
  readonly #moments = inject(Moments);
  readonly #dialog = inject(Dialog);
  readonly #app = inject(ApplicationRef);
  readonly #outgoing = inject(Outgoing);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly composer = viewChild(Composer);

  protected readonly ticket = computed(() => (this.open.gone() ? undefined : this.open.item()));
  protected readonly initials = computed(() => initialsOf(this.ticket()?.contact.name ?? ''));
  readonly #chosenMode = signal<WritingMode>('reply');
  /** What is answered in each ticket: kept, like what is written, while one looks at others. */
  readonly #quotes = signal<ReadonlyMap<string, Entry>>(new Map());
  protected readonly quote = computed(() => this.#quotes().get(this.open.id() ?? ''));
  /** Files are held over the chat. */
  protected readonly dropping = signal(false);
  /** Somebody who may not reply writes a note. */
  protected readonly noting = signal(false);
  /** Id of the entry where what the person has not seen begins; settled when a ticket is opened. */
  readonly #unreadFrom = signal<{ readonly ticket: string; readonly entry?: string } | undefined>(undefined);

  protected readonly mode = Object.assign(computed<WritingMode>(() => (this.open.isMine() ? this.#chosenMode() : 'note')), {
    set: (mode: WritingMode) => this.#chosenMode.set(mode),
  });
  protected readonly draftKey = computed(() => `${this.open.id()}/${this.mode()}`);
  protected readonly problem = computed(() => this.chats.problem());
  protected readonly rows = computed(() => {
    const unread = this.#unreadFrom();
    return timelineOf(this.chats.transcript()?.entries ?? [], this.chats.drafts(), {
      sameDay: (one, other) => this.#moments.sameDay(one, other),
      unreadFrom: unread?.ticket === this.open.id() ? unread?.entry : undefined,
    });
  });
  /** May pass it on or close it: who has it, and who looks after all tickets. */
  protected readonly inCharge = computed(() => {
    const ticket = this.ticket();
    return ticket !== undefined && ticket.state !== 'closed' && (this.open.isMine() || this.#session.can('tickets.all'));
  });
  protected readonly stateIcon = computed(() => stateIcons[this.ticket()?.state ?? 'pending']!);
  protected readonly stateWords = computed(() => {
    const ticket = this.ticket();
    if (ticket?.state === 'closed') return this.text('head.closed', { ago: ticket.closedAt ? this.#moments.ago(ticket.closedAt) : '' });
    if (ticket?.state !== 'in-progress') return this.text('head.pending');
    return this.open.isMine() ? this.text('head.mine') : this.text('head.other', { name: ticket.assignee?.name ?? '' });
  });
  /** Why one may not reply; undefined: one may. */
  protected readonly lock = computed(() => {
    const ticket = this.ticket();
    if (!ticket || this.open.isMine()) return undefined;
    if (ticket.state === 'in-progress') return this.text('locked.other', { name: ticket.assignee?.name ?? '' });
    return this.text(ticket.state === 'closed' ? 'locked.closed' : 'locked.pending');
  });

  constructor() {
    effect(() => {
      this.chats.open.set(this.ticket()?.conversation);
    });
    effect(() => {
      const ticket = this.ticket();
      const entries = this.chats.transcript()?.entries;
      if (!ticket || !entries || untracked(this.#unreadFrom)?.ticket === ticket.id) return;
      this.#unreadFrom.set({ ticket: ticket.id, entry: firstUnread(entries, ticket.unread) });
    });
    effect(() => {
      this.open.id();
      this.noting.set(false);
      this.#chosenMode.set('reply');
    });
  }

  /** Takes the open ticket, if it is there to be taken; then one may write at once. */
  async take(): Promise<void> {
    const ticket = this.ticket();
    if (ticket?.state !== 'pending') return;
    this.#chosenMode.set('reply');
    const taking = this.commands.take(ticket);
    this.#write();
    await taking;
  }

  startReply(): void {
    if (!this.open.isMine()) return;
    this.#chosenMode.set('reply');
    this.#write();
  }

  startNote(): void {
    if (!this.ticket() || this.ticket()?.state === 'closed') return;
    this.#chosenMode.set('note');
    this.noting.set(true);
    this.#write();
  }

  async close(): Promise<void> {
    const ticket = this.ticket();
    if (!ticket || !this.inCharge()) return;
    const { CloseDialog } = await import('./close-dialog');
    const data = { name: ticket.contact.name };
    const opened = this.#dialog.open<string>(CloseDialog, { data, ariaLabelledBy: 'close-title', ariaDescribedBy: 'close-text', autoFocus: 'textarea' });
    const comment = await firstValueFrom(opened.closed, { defaultValue: undefined });
    if (comment !== undefined) await this.commands.close(ticket, comment || undefined);
  }

  async transfer(): Promise<void> {
    const ticket = this.ticket();
    if (!ticket || !this.inCharge()) return;
    const { TransferDialog } = await import('./transfer-dialog');
    const opened = this.#dialog.open<Transfer>(TransferDialog, { data: ticket, ariaLabelledBy: 'transfer-title', autoFocus: 'first-tabbable' });
    const transfer = await firstValueFrom(opened.closed, { defaultValue: undefined });
    if (transfer) await this.commands.transfer(ticket, transfer.to, transfer.note);
  }

  /** What failed for good goes out as a new message, with its file. */
  protected async again(entry: Entry): Promise<void> {
    const ticket = this.ticket();
    const content = await this.#outgoing.contentOf(entry);
    if (content) this.#send(entry.details?.location || entry.details?.contacts ? '' : (entry.text ?? ''), content, ticket);
  }

  protected send(text: string): void {
    const ticket = this.ticket();
    if (this.mode() === 'reply') this.#send(text, this.#answering());
    else if (ticket) void this.outbox.send({ kind: 'note', conversation: ticket.conversation, ticket: ticket.id, text });
  }

  protected sendAndClose(text: string): void {
    const ticket = this.ticket();
    if (ticket) void this.commands.sendAndClose(ticket, text, this.#answering());
  }

  protected acted(entry: Entry, act: MessageAct): void {
    if (act.kind === 'react') return this.#send('', { reaction: { message: entry.id, emoji: act.emoji } });
    this.keepQuote(entry);
    this.startReply();
  }

  protected keepQuote(entry: Entry | undefined): void {
    const ticket = this.open.id();
    if (!ticket) return;
    this.#quotes.update((quotes) => {
      const { [ticket]: _, ...others } = Object.fromEntries(quotes);
      return new Map(Object.entries(entry ? { ...others, [ticket]: entry } : others));
    });
  }

  /** Files are looked at before they leave; the first of them answers what is quoted. */
  protected async attach(files: readonly File[]): Promise<void> {
    const ticket = this.ticket();
    if (!ticket || !this.open.isMine()) return;
    const chosen = await this.#outgoing.askFiles(files, ticket.contact.name);
    for (const { attachment, text } of chosen ?? []) this.#send(text, { attachment, ...this.#answering() }, ticket);
  }

  protected async sendPlace(): Promise<void> {
    const ticket = this.ticket();
    const place = await this.#outgoing.askPlace();
    if (place) this.#send('', { place, ...this.#answering() }, ticket);
  }

  protected async sendContact(): Promise<void> {
    const ticket = this.ticket();
    const card = await this.#outgoing.askContact();
    if (card) this.#send('', { card, ...this.#answering() }, ticket);
  }

  protected dragged(event: DragEvent): void {
    if (!this.open.isMine() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping.set(true);
  }

  protected left({ relatedTarget }: DragEvent): void {
    if (!this.#host.contains(relatedTarget as Node | null)) this.dropping.set(false);
  }

  protected dropped(event: DragEvent): void {
    if (!this.dropping()) return;
    event.preventDefault();
    this.dropping.set(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) void this.attach(files);
  }

  /** What is quoted, once: the next message answers nothing. */
  #answering(): Content {
    const quote = this.quote();
    this.keepQuote(undefined);
    return quote ? { quote } : {};
  }

  /** To the customer. @param ticket the one that was open when the person decided */
  #send(text: string, content: Content, ticket = this.ticket()): void {
    if (!ticket) return;
    this.#unreadFrom.set({ ticket: ticket.id });
    void this.outbox.send({ kind: 'message', conversation: ticket.conversation, ticket: ticket.id, text, content });
  }

  /** The focus goes to the field at once, drawn or not: the next key that is pressed belongs to what is written. */
  #write(): void {
    this.#app.tick();
    this.composer()?.focus();
  }

  protected retryReading(): void {
    const conversation = this.chats.open();
    if (conversation) void this.chats.refresh(conversation);
  }
}
