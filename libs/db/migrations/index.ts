import { Migration0001Spine } from './0001-spine.js';
import { Migration0002PeopleAndTickets } from './0002-people-and-tickets.js';
import { Migration0003AcceptedTexts } from './0003-accepted-texts.js';
import { Migration0004SignIn } from './0004-sign-in.js';
import { Migration0005Screens } from './0005-screens.js';
import { Migration0006HotSessions } from './0006-hot-sessions.js';
import { Migration0007ReplyPath } from './0007-reply-path.js';
import { Migration0008Media } from './0008-media.js';
import { Migration0009Identity } from './0009-identity.js';
import { Migration0010Modes } from './0010-modes.js';
import { Migration0011Statuses } from './0011-statuses.js';
import { Migration0012Outbound } from './0012-outbound.js';
import { Migration0013NumberSafety } from './0013-number-safety.js';
import { Migration0014IspSystems } from './0014-isp-systems.js';
import { Migration0015CompanyProfile } from './0015-company-profile.js';
import { Migration0016CustomerBook } from './0016-customer-book.js';
import { Migration0017Notices } from './0017-notices.js';
import { Migration0018Documents } from './0018-documents.js';
import { Migration0019OutboundAllow } from './0019-outbound-allow.js';
import { Migration0020Receipts } from './0020-receipts.js';
import { Migration0023Statements } from './0023-statements.js';
import { Migration0024ReceiptsInConversations } from './0024-receipts-in-conversations.js';

/** In order; named here so that the same classes run from sources and from dist. */
export const migrations = [
  { name: '0001-spine', class: Migration0001Spine },
  { name: '0002-people-and-tickets', class: Migration0002PeopleAndTickets },
  { name: '0003-accepted-texts', class: Migration0003AcceptedTexts },
  { name: '0004-sign-in', class: Migration0004SignIn },
  { name: '0005-screens', class: Migration0005Screens },
  { name: '0006-hot-sessions', class: Migration0006HotSessions },
  { name: '0007-reply-path', class: Migration0007ReplyPath },
  { name: '0008-media', class: Migration0008Media },
  { name: '0009-identity', class: Migration0009Identity },
  { name: '0010-modes', class: Migration0010Modes },
  { name: '0011-statuses', class: Migration0011Statuses },
  { name: '0012-outbound', class: Migration0012Outbound },
  { name: '0013-number-safety', class: Migration0013NumberSafety },
  { name: '0014-isp-systems', class: Migration0014IspSystems },
  { name: '0015-company-profile', class: Migration0015CompanyProfile },
  { name: '0016-customer-book', class: Migration0016CustomerBook },
  { name: '0017-notices', class: Migration0017Notices },
  { name: '0018-documents', class: Migration0018Documents },
  { name: '0019-outbound-allow', class: Migration0019OutboundAllow },
  { name: '0020-receipts', class: Migration0020Receipts },
  { name: '0023-statements', class: Migration0023Statements },
  { name: '0024-receipts-in-conversations', class: Migration0024ReceiptsInConversations },
] as const;
