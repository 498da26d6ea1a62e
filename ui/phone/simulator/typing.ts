import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { NetworkEvent } from './types';

/** A phone that hears no more of it takes "typing" off after this time, as WhatsApp's do. */
const forgottenMs = 25_000;

/** In which chats the business is typing now. */
@Injectable({ providedIn: 'root' })
export class Typing {
  readonly #chats = signal<ReadonlySet<string>>(new Set());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#timers.forEach((timer) => clearTimeout(timer)));
  }

  isOn(account: string, chat: string): boolean {
    return this.#chats().has(`${account}|${chat}`);
  }

  /** A message ends the typing that announced it. */
  hear(event: NetworkEvent | undefined): void {
    if (event?.kind === 'typing') this.#set(`${event.account}|${event.chat}`, event.state !== 'paused');
    else if (event?.kind === 'message' && event.entry.direction !== 'in') this.#set(`${event.entry.account}|${event.entry.chat}`, false);
  }

  #set(chat: string, on: boolean): void {
    clearTimeout(this.#timers.get(chat));
    if (on) this.#timers.set(chat, setTimeout(() => this.#set(chat, false), forgottenMs));
    this.#chats.update((chats) => new Set(on ? [...chats, chat] : [...chats].filter((other) => other !== chat)));
  }
}
