import { listen } from '../../libs/db/listen.js';

/**
 * Calls `onChange` when the database says that a channel has changed; without a channel when there may have been any change. A hint
 * only: whoever needs to know asks from time to time anyway.
 * @returns stops listening
 */
export const listenToChannels = (url: string, onChange: (channel?: string) => void): (() => Promise<void>) =>
  listen({ url, topics: ['channels'], onNotice: (_topic, channel) => onChange(channel), onListening: () => onChange() });
