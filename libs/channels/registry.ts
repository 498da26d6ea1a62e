/** Facts about each kind of channel, for screens and commands. Loads no client: only the gateway may. */
export const channelKinds = {
  whatsapp: {
    name: 'WhatsApp',
    /** How a phone is linked: the QR is scanned, the code typed on the phone. */
    linking: ['qr', 'code'],
    /** Characters that one text may have. */
    maxTextLength: 65_536,
  },
} as const;

export type ChannelKind = keyof typeof channelKinds;
