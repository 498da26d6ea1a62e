/** Tables that hold companies' rows, by the migration that made them: each has row-level security and the app role's grants. */
export const spineTables = [
  'channels', 'contacts', 'contact_addresses', 'conversations', 'messages', 'conversation_queries', 'flows', 'flow_versions',
  'wa_creds', 'wa_keys', 'wa_plaintexts', 'wa_groups', 'customers', 'plans', 'services', 'invoices',
] as const;

export const peopleAndTicketTables = [
  'users', 'departments', 'user_departments', 'sessions', 'login_failures', 'ticket_counters', 'tickets', 'ticket_events', 'notes',
  'changes',
] as const;

export const acceptedTextTables = ['outbox_texts'] as const;

export const signInTables = ['idempotency_keys'] as const;

export const mediaFileTables = ['media_files'] as const;

export const contactMergeTables = ['contact_merges'] as const;

export const modeTables = ['operating_modes', 'emergency_texts', 'audit_log'] as const;

export const statusTables = ['status_images', 'status_drafts', 'statuses', 'status_views'] as const;

/** What keeps a number safe: settings, the budget's lock and ledger, restrictions. */
export const numberSafetyTables = ['channel_safety', 'send_budgets', 'unasked_sends', 'channel_restrictions'] as const;

export const outboundTables = ['wa_numbers', 'uploads', 'group_messages', 'group_answers'] as const;

/** ISP systems: how they are reached, how they fare, what they said and what asking costs. */
export const ispSystemTables = ['isp_connections', 'isp_health', 'isp_cache', 'isp_usage', 'isp_errors'] as const;

/** What a company says of itself. */
export const companyProfileTables = ['company_profiles'] as const;

/** The embedded customer book beyond 0001: payments, numbers and rules of invoicing, runs, imports, requests. */
export const customerBookTables = [
  'invoice_lines', 'payments', 'payment_parts', 'book_settings', 'invoicing_runs', 'import_batches', 'import_rows', 'book_requests',
] as const;

/** The message gateway. */
export const noticeTables = ['gateway_tokens', 'gateway_callbacks', 'notice_batches', 'notices', 'notice_events'] as const;

/** Receipts, how customers can pay, what came in, and what was made of it. */
export const moneyAndReceiptTables = [
  'receipt_drafts', 'receipts', 'receipt_references', 'money_orders', 'receipt_events', 'receipt_policies', 'payment_methods', 'incoming_payments', 'incoming_references', 'settlements', 'settlement_parts',
  'settlement_steps', 'money_keys',
] as const;

/** Accounts at payment platforms, links, and what people have to see to. */
export const paymentPlatformTables = ['payment_platforms', 'payment_links', 'payment_troubles'] as const;

/** Imports of banks' statements. */
export const statementTables = ['statement_imports', 'statement_mappings'] as const;

/** Models: how a company reaches its own, how it fares, and what asking costs. */
export const modelTables = ['model_settings', 'model_usage', 'model_health'] as const;

export const companyTables = [
  ...spineTables, ...peopleAndTicketTables, ...acceptedTextTables, ...signInTables, ...mediaFileTables,
  ...contactMergeTables, ...modeTables, ...statusTables, ...numberSafetyTables, ...outboundTables, ...noticeTables, ...companyProfileTables,
  ...ispSystemTables,
  ...customerBookTables,
  ...moneyAndReceiptTables,
  ...paymentPlatformTables,
  ...statementTables,
  ...modelTables,
] as const;

/** The app role may add to these and read them: nobody takes a line back. */
export const appendOnlyTables = ['emergency_texts', 'audit_log'] as const satisfies readonly (typeof companyTables)[number][];
