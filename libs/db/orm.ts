import { MikroORM, defineConfig, type Options } from '@mikro-orm/postgresql';
import { Channel } from './entities/channel.js';
import { Company } from './entities/company.js';
import { CompanyHost } from './entities/company-host.js';
import { Contact } from './entities/contact.js';
import { ContactAddress } from './entities/contact-address.js';
import { Conversation } from './entities/conversation.js';
import { Customer } from './entities/customer.js';
import { Flow } from './entities/flow.js';
import { FlowVersion } from './entities/flow-version.js';
import { Invoice } from './entities/invoice.js';
import { Message } from './entities/message.js';
import { Plan } from './entities/plan.js';
import { Service } from './entities/service.js';
import { CompanyEntityManager } from './company-entity-manager.js';
import { CompanyWriteGuard } from './company-write-guard.js';

export const entities = [
  Company, CompanyHost, Channel, Contact, ContactAddress, Conversation, Message, Flow, FlowVersion, Customer, Plan, Service, Invoice,
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
