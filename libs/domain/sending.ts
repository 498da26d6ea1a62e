/**
 * What is known of a message that goes out. `unknown`: the network may or may not have it; an ack, a mark or a resend under the
 * same id settles it. It is never shown as success.
 */
export const sendStates = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;
export type SendState = (typeof sendStates)[number];
