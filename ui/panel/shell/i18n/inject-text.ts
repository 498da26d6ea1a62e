import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the shell. */
export const injectShellText = textsOf({ es, en });
