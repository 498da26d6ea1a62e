import { textsOf } from '../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the notices of the ISP's system. */
export const injectNoticeText = textsOf({ es, en });
