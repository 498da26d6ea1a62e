import type { Mode, OperatingMode } from '../../shared/api/tools-api';
import type { Question } from '../../shared/feedback/confirm';
import type { injectToolsText } from './i18n/inject-text';

type Text = ReturnType<typeof injectToolsText>;

/** What follows from a mode, in the words of the one who is about to begin it. Going back to the ordinary one only lets the kept go. */
export function consequencesOf(mode: Mode, { kept }: Pick<OperatingMode, 'kept'>, message: string | undefined, text: Text): Question['consequences'] {
  const offered = kept > 0 ? [{ icon: 'headset' as const, words: text('confirm.offered', { count: kept }) }] : [];
  switch (mode) {
    case 'complete':
      return offered;
    case 'emergency':
      return [
        { icon: 'megaphone', words: text('confirm.told', { text: message ?? '' }) },
        { icon: 'bot', words: text('confirm.noMenus') },
        { icon: 'send', words: text('confirm.gateway') },
        ...offered,
      ];
    case 'gateway-only':
    case 'stopped':
      return [
        { icon: 'bot', words: text('confirm.silent') },
        { icon: 'headset', words: text('confirm.kept') },
        mode === 'stopped' ? { icon: 'slash', words: text('confirm.noGateway') } : { icon: 'send', words: text('confirm.gateway') },
      ];
  }
}
