import { MikroORM, defineConfig, type Options } from '@mikro-orm/postgresql';
import { AuditEntry } from './entities/audit-entry.js';
import { Change } from './entities/change.js';
import { ChannelRestriction } from './entities/channel-restriction.js';
import { ChannelSafety } from './entities/channel-safety.js';
import { Channel } from './entities/channel.js';
import { CompanyHost } from './entities/company-host.js';
import { CompanyProfileRow } from './entities/company-profile.js';
import { Company } from './entities/company.js';
import { ContactAddress } from './entities/contact-address.js';
import { ContactMerge } from './entities/contact-merge.js';
import { Contact } from './entities/contact.js';
import { Conversation } from './entities/conversation.js';
import { Customer } from './entities/customer.js';
import { Department } from './entities/department.js';
import { EmergencyText } from './entities/emergency-text.js';
import { FlowVersion } from './entities/flow-version.js';
import { Flow } from './entities/flow.js';
import { IdempotencyKey } from './entities/idempotency-key.js';
import { Invoice } from './entities/invoice.js';
import { LoginFailure } from './entities/login-failure.js';
import { MediaFile } from './entities/media-file.js';
import { Message } from './entities/message.js';
import { Note } from './entities/note.js';
import { OperatingMode } from './entities/operating-mode.js';
import { OutboxText } from './entities/outbox-text.js';
import { Payment } from './entities/payment.js';
import { Plan } from './entities/plan.js';
import { Service } from './entities/service.js';
import { Session } from './entities/session.js';
import { Status } from './entities/status.js';
import { TicketEvent } from './entities/ticket-event.js';
import { Ticket } from './entities/ticket.js';
import { UnaskedSend } from './entities/unasked-send.js';
import { UserDepartment } from './entities/user-department.js';
import { User } from './entities/user.js';
import { CompanyEntityManager } from './company-entity-manager.js';
import { CompanyWriteGuard } from './company-write-guard.js';

export const entities = [
  Company, CompanyProfileRow, CompanyHost, Channel, Contact, ContactAddress, ContactMerge, Conversation, Message, MediaFile, Flow, FlowVersion, Customer, Plan, Service, Invoice, User, Payment,
  Department, UserDepartment, Session, LoginFailure, IdempotencyKey, Ticket, TicketEvent, Note, OutboxText, Change,
  OperatingMode, EmergencyText, AuditEntry, Status,
  ChannelSafety, ChannelRestriction, UnaskedSend,
];

const options = (clientUrl: string): Options =>
  defineConfig({
    clientUrl,
    entities,
    entityManager: CompanyEntityManager,
    subscribers: [new CompanyWriteGuard()],
    allowGlobalContext: false,
    ignoreUndefinedInQuery: false,
    pool: { min: 0, max: 10 },
    driverOptions: { connectionTimeoutMillis: 5_000, query_timeout: 15_000 },
  });

/**
 * Opens the ORM as the app role. Only `company.ts` and `platform.ts` make EntityManagers of it.
 * @param clientUrl postgresql:// URL of a role that owns nothing, is no superuser and cannot bypass row-level security
 */
export const openOrm = (clientUrl: string): Promise<MikroORM> => MikroORM.init(options(clientUrl));
export type { MikroORM } from '@mikro-orm/postgresql';
