import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the ways to pay. */
export const injectPaymentsText = textsOf({ es, en });
