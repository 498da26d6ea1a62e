/** pending: in the queue · in-progress: an agent has it · closed: done, may be opened again. */
export const ticketStates = ['pending', 'in-progress', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];
