/**
 * How far a number's link has come.
 * `refused`: the phone runs ordinary WhatsApp, which may not be linked; `logged-out`: the phone or the network ended the link.
 */
export const channelStates = ['unlinked', 'connecting', 'waiting', 'linked', 'refused', 'logged-out'] as const;
export type ChannelState = (typeof channelStates)[number];

/** Why a link is over, in `state_reason`: WhatsApp Business was not there, the phone logged it out, WhatsApp blocked the number. */
export const linkOvers = ['ordinary-whatsapp', 'logged-out', 'banned'] as const;
export type LinkOver = (typeof linkOvers)[number];

/** Why a number connects again and again: another connection of the same device took over; WhatsApp turns it away for now. */
export const connectTroubles = ['replaced', 'refused-for-now'] as const;
export type ConnectTrouble = (typeof connectTroubles)[number];
