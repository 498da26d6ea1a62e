import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of one’s own account. */
export const injectAccountText = textsOf({ es, en });
