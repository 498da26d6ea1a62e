import { textsOf } from '../i18n/texts';
import { en } from './i18n/en';
import { es } from './i18n/es';

/** Words of the shared pieces. */
export const injectSharedText = textsOf({ es, en });
