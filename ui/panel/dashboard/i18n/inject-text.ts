import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the dashboard. */
export const injectDashboardText = textsOf({ es, en });
