import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of linking a number. */
export const injectLinkText = textsOf({ es, en });
