import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the screen that describes a system. */
export const injectDescriptionText = textsOf({ es, en });
