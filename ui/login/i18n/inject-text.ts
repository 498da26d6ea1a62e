import { textsOf } from '../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the login. */
export const injectText = textsOf({ es, en });
