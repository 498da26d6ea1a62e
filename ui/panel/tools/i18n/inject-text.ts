import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the tools. */
export const injectToolsText = textsOf({ es, en });
