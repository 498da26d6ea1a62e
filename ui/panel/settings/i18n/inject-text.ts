import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the settings. */
export const injectSettingsText = textsOf({ es, en });
