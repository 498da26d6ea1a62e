import type { TicketRefusal } from './command.js';

/** What a group hears of a new ticket, and how to take it. Markup of WhatsApp in names is harmless: it only makes letters bold. */
export const openedText = ({ number, department, contact, summary }: { number: number; department?: string; contact?: string; summary: string }): string =>
  [
    `🎫 *Ticket #${number}*${department === undefined ? '' : ` · ${department}`}`,
    `${contact === undefined ? '' : `${contact}: `}${summary}`,
    'Para tomarlo, respondé a este mensaje con «tomo».',
  ].join('\n');

/** What somebody hears who wanted to take a ticket in the group. @param owner who has it */
export function answerText(number: number, agent: string, refusal: TicketRefusal | undefined, owner?: string): string {
  if (refusal === undefined) return `✅ ${agent} tomó el ticket #${number}. Se atiende en OmniChat.`;
  if (refusal === 'same') return `El ticket #${number} ya es tuyo, ${agent}.`;
  if (refusal === 'taken') return `El ticket #${number} ya lo tiene ${owner ?? 'otra persona'}.`;
  return refusal === 'closed' ? `El ticket #${number} ya está cerrado.` : `${agent}, el ticket #${number} no es de tu departamento.`;
}
