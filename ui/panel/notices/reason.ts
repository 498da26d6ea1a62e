import type { Notice } from '../../shared/api/notices-api';
import { causeOf } from '../../shared/chat/delivery';
import { injectChatText } from '../../shared/chat/i18n/inject-text';
import { injectNoticeText } from './i18n/inject-text';

/** Why a notice is as it is and what to do about it, in words. Call it where `inject()` may be called. */
export function injectReason(): (notice: Pick<Notice, 'state' | 'cause'>) => string {
  const [text, chat] = [injectNoticeText(), injectChatText()];
  return ({ state, cause }) => {
    if (state === 'expired') return text('expired.help');
    const { words, code } = causeOf(cause);
    const told = chat(words, { code });
    return told.charAt(0).toLocaleUpperCase() + told.slice(1);
  };
}
