import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the ISP integrations. */
export const injectIntegrationsText = textsOf({ es, en });
