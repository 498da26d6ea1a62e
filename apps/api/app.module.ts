import { Module, StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { AuditController } from './audit/audit.controller.js';
import { Channels } from './channels/channels.js';
import { Groups } from './channels/groups.js';
import { ChannelsController } from './channels/channels.controller.js';
import { CodecController } from './codec/codec.controller.js';
import { PayloadReaders } from './codec/readers.js';
import { CompanyLogos } from './company/company-logo.js';
import { CompanyController } from './company/company.controller.js';
import { ContactMerges } from './contacts/contact-merges.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { CustomerPanels } from './conversations/customer-panel.js';
import { ChatCustomers } from './conversations/chat-customers.js';
import { InvoiceSending } from './conversations/invoice-sending.js';
import { PaymentLinkSending } from './conversations/payment-link-sending.js';
import { Replies } from './conversations/replies.js';
import { Uploads } from './conversations/uploads.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { AgentsController } from './departments/agents.controller.js';
import { DepartmentsController } from './departments/departments.controller.js';
import { DescriptionsController } from './integrations/descriptions.controller.js';
import { CompanySystems } from './integrations/company-systems.js';
import { Models } from './models/models.js';
import { ModelsController } from './models/models.controller.js';
import { Integrations } from './integrations/integrations.js';
import { IntegrationsController } from './integrations/integrations.controller.js';
import { CustomerImportsController } from './customer-imports/imports.controller.js';
import { Book } from './customers/book.js';
import { CustomersController } from './customers/customers.controller.js';
import { BookPlansController } from './customers/plans.controller.js';
import { BookServicesController } from './customers/services.controller.js';
import { BookInvoicesController } from './invoicing/invoices.controller.js';
import { InvoicingController } from './invoicing/invoicing.controller.js';
import { BookPaymentsController } from './invoicing/payments.controller.js';
import { GatewayDoor } from './gateway/door.js';
import { Etas } from './gateway/etas.js';
import { GatewaySettingsController } from './gateway/gateway-settings.controller.js';
import { GatewaySettings } from './gateway/gateway-settings.js';
import { GatewayController } from './gateway/gateway.controller.js';
import { Gateway } from './gateway/gateway.js';
import { NoticeStates } from './gateway/notice-states.js';
import { NoticeWakes } from './gateway/notice-wakes.js';
import { NoticesController } from './gateway/notices.controller.js';
import { NoticeQueueController } from './gateway/queue.controller.js';
import { AccessGuard } from './platform/access/access.guard.js';
import { Sessions } from './platform/access/sessions.js';
import { Files } from './messages/files.js';
import { MessagesController } from './messages/messages.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { Engine } from './platform/engine/engine.js';
import { WorkflowLinks } from './platform/engine/workflow-links.js';
import { HealthController } from './platform/health/health.controller.js';
import { HealthService } from './platform/health/health.service.js';
import { CommandKeys } from './platform/idempotency/command-keys.js';
import { logging } from './platform/logging.js';
import { ProblemFilter } from './platform/problem.filter.js';
import { RateLimits } from './platform/rate-limit/rate-limits.js';
import { SOURCES, type Sources } from './platform/sources.js';
import { PushController } from './push/push.controller.js';
import { PushFeeds } from './push/push-feeds.js';
import { Upgrades } from './push/upgrades.js';
import { ReceiptPolicyController } from './receipt-policy/receipt-policy.controller.js';
import { ReceiptCommands } from './receipts/receipt-commands.js';
import { ReceiptCustomers } from './receipts/receipt-customers.js';
import { ReceiptUploads } from './receipts/receipt-uploads.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { StatementWakes } from './statements/statement-wakes.js';
import { IncomingPaymentsController, StatementsController } from './statements/statements.controller.js';
import { Statements } from './statements/statements.js';
import { MercadoPagoAccount } from './payment-methods/mercadopago-account.js';
import { PaymentMethodsController } from './payment-methods/payment-methods.controller.js';
import { PaymentMethods } from './payment-methods/payment-methods.js';
import { PaymentHooksController } from './payments/hooks.controller.js';
import { PaymentHooks } from './payments/hooks.js';
import { PaymentWakes } from './payments/payment-wakes.js';
import { CompanyPaymentLinks } from './payments/payment-links.js';
import { StatusCommands } from './statuses/status-commands.js';
import { StatusImages } from './statuses/status-images.js';
import { SettlementsController } from './settlements/settlements.controller.js';
import { StatusesController } from './statuses/statuses.controller.js';
import { TicketCommands } from './tickets/ticket-commands.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { SearchController } from './search/search.controller.js';
import { DevicesController } from './session/devices.controller.js';
import { LoginAttempts } from './session/login-attempts.js';
import { PasswordController } from './session/password.controller.js';
import { SessionController } from './session/session.controller.js';
import { SignIn } from './session/sign-in.js';
import { CustomerFieldsController } from './settings/customer-fields.controller.js';
import { SettingsController } from './settings/settings.controller.js';
import { SetupController } from './setup/setup.controller.js';
import { OperatingModes } from './tools/operating-modes.js';
import { ToolsController } from './tools/tools.controller.js';
import { UserAccounts } from './users/user-accounts.js';
import { UsersController } from './users/users.controller.js';

const controllers = [
  HealthController, CompanyController, SetupController, SessionController, DevicesController, PasswordController, UsersController,
  DepartmentsController, AgentsController, PushController, ChannelsController,
  TicketsController, ConversationsController, MessagesController, ContactsController, CodecController, DashboardController,
  SearchController, NotificationsController, SettlementsController, StatusesController, ToolsController, SettingsController, AuditController,
  CustomersController, BookServicesController, BookPlansController, BookInvoicesController, BookPaymentsController, InvoicingController, CustomerFieldsController,
  DescriptionsController, IntegrationsController,
  GatewayController, NoticesController, NoticeQueueController, GatewaySettingsController,
  CustomerImportsController,
  PaymentMethodsController, PaymentHooksController,
  ReceiptsController, ReceiptPolicyController,
  StatementsController, IncomingPaymentsController,
  ModelsController,
];
const services = [
  HealthService, Sessions, RateLimits, CommandKeys, LoginAttempts, SignIn, UserAccounts, PushFeeds, Upgrades, Channels, Engine,
  WorkflowLinks, TicketCommands, StatusCommands, StatusImages, Replies, Uploads, Groups, Files, CompanySystems, Integrations, CustomerPanels, ChatCustomers, InvoiceSending, PaymentLinkSending, ContactMerges, PayloadReaders, OperatingModes, CompanyLogos,
  Book,
  PaymentMethods, MercadoPagoAccount, CompanyPaymentLinks, PaymentHooks, PaymentWakes,
  Statements, StatementWakes,
  GatewayDoor, Gateway, GatewaySettings, Etas, NoticeStates, NoticeWakes,
  ReceiptCommands, ReceiptCustomers, ReceiptUploads,
  Models,
];

/** Every controller of the API. Nobody gets in but by the guard; requests are checked against their schema, answers are cut to theirs. */
@Module({})
export class AppModule {
  /** @param more controllers that only a spec has */
  static over(sources: Sources, more: readonly Type[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [LoggerModule.forRoot(logging(sources.env.LOG_LEVEL)), DiscoveryModule],
      controllers: [...controllers, ...more],
      providers: [
        ...services,
        { provide: SOURCES, useValue: sources },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: StandardSchemaValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
