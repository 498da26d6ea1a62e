import { textsOf } from '../../../../shared/i18n/texts';
import { en } from './en';
import { es } from './es';

/** Words of the audit log. */
export const injectAuditText = textsOf({ es, en });
