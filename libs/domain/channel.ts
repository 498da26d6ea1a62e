/**
 * How far a number's link has come.
 * `refused`: the phone runs ordinary WhatsApp, which may not be linked; `logged-out`: the phone or the network ended the link.
 */
export const channelStates = ['unlinked', 'connecting', 'waiting', 'linked', 'refused', 'logged-out'] as const;
export type ChannelState = (typeof channelStates)[number];
