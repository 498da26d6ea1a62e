import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the message gateway's settings. */
export const injectGatewayText = textsOf({ es, en });
