import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of WhatsApp statuses. */
export const injectStatusText = textsOf({ es, en });
