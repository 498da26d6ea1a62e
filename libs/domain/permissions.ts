import type { Role } from './roles.js';

/**
 * Everything that somebody may do, in one closed list; the API refuses to start with a route that names none of these.
 * Which tickets and conversations somebody sees within `omnichat.use` is decided by department and assignee (ticket/).
 */
export const permissions = [
  /** One's own sessions and password. */
  'account.own',
  /** Queue, chat, customer panel and ticket actions, search and notifications: within what the person may see. */
  'omnichat.use',
  /** Names of colleagues and departments, to transfer to. */
  'colleagues.read',
  /** Tickets of all departments, not only one's own and unassigned ones. */
  'tickets.all',
  /** Whose the addresses of a contact are; merging two contacts, and taking them apart. */
  'contacts.merge',
  'dashboard.read',
  'channels.read',
  /** Linking a number. */
  'channels.link',
  /** In which mode the bot is: everybody works with what it leaves to people. */
  'mode.read',
  /** Herramientas: the bot's mode, the emergency message, restarting and unlinking a number. */
  'tools.use',
  /** Writing, scheduling and taking back WhatsApp statuses. */
  'statuses.manage',
  /** The company's settings and its first-run wizard. */
  'company.manage',
  /** The ISP system: credentials, trial calls, which one is active. */
  'integrations.manage',
  /** Tokens of the message gateway, its rate and its callbacks. */
  'gateway.manage',
  /** The day's notices: seeing them, sending again, pausing. */
  'notices.manage',
  /** The embedded customer book: customers, services, invoices, payments. */
  'customers.read',
  /** Writing in the book, imports, invoicing. */
  'customers.manage',
  /** Customers' proofs of payment: the queue, the history, the analysis. */
  'receipts.read',
  /** Approving, rejecting, overruling a receipt, asking for another, putting one up; what a payment is stuck on. */
  'receipts.decide',
  /** Importing a bank's statement. */
  'statements.manage',
  /** How customers can pay, payment platforms and their keys, what happens to receipts without a person. */
  'payments.manage',
  /** The model that reads and answers: its address and key. */
  'models.manage',
  /** Who administered what. */
  'audit.read',
  'users.manage',
  'departments.manage',
  /** Reading the company's payloads in the Temporal UI. */
  'payloads.read',
] as const;
export type Permission = (typeof permissions)[number];

const everybody: readonly Permission[] = ['account.own', 'omnichat.use', 'colleagues.read', 'mode.read'];

/** The role table of the product: administrators everything, supervisors no settings, operators OmniChat alone. */
const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(permissions),
  supervisor: new Set([...everybody, 'tickets.all', 'contacts.merge', 'dashboard.read', 'channels.read', 'tools.use', 'statuses.manage', 'notices.manage', 'customers.read', 'receipts.read', 'receipts.decide', 'statements.manage']),
  operator: new Set(everybody),
};

/** Whether a role holds a permission: what no line above grants is refused. */
export const can = (role: Role, permission: Permission): boolean => granted[role].has(permission);

/** What a role may do, in the order of the list: screens show no more than this. */
export const permissionsOf = (role: Role): Permission[] => permissions.filter((permission) => can(role, permission));
