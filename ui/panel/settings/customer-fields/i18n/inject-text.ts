import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of Info Cliente. */
export const injectFieldsText = textsOf({ es, en });
