import { textsOf } from '../../i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the chats. */
export const injectChatText = textsOf({ es, en });
