import type { IconName } from '../../shared/icons/icon-names';
import { injectText } from '../i18n/inject-text';
import type { Said } from '../simulator/types';

const named = ['image', 'document', 'audio', 'video', 'sticker', 'location', 'contact', 'call', 'reaction', 'edit', 'deleted', 'text'] as const;
const icons: Readonly<Record<string, IconName>> = {
  image: 'image', audio: 'mic', video: 'play', location: 'pin', contact: 'user', sticker: 'smile', call: 'call', deleted: 'slash', edit: 'pencil', reaction: 'smile',
};

export const iconOfKind = (kind: string): IconName => icons[kind] ?? 'file';

/** Names what a message is: `Nota de voz`, `Ubicación`. */
export function injectKindName(): (said: Pick<Said, 'kind' | 'media' | 'call'>) => string {
  const text = injectText();
  return ({ kind, media, call }) => {
    if (media?.voice) return text('kind.voice');
    if (call?.video) return text('kind.videoCall');
    const known = named.find((name) => name === kind);
    return known ? text(`kind.${known}`) : text('kind.other', { kind });
  };
}
