/** Task queue of all workflows, and of the activities that need no socket. */
export const MAIN_QUEUE = 'main';

/** Task queue of the reading of receipts: work for the processor, of which a worker takes little at once. */
export const READING_QUEUE = 'reading';

/** Task queue of one linked number: only the gateway that holds the number polls it. */
export const whatsappQueue = (channel: string): string => `whatsapp:${channel}`;
