import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the first run. */
export const injectSetupText = textsOf({ es, en });
