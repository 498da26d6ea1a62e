import { textsOf } from '../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** `readonly text = injectText();` then `text('chat.send')` in the template. */
export const injectText = textsOf({ es, en });
