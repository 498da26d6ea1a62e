import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { can } from '../../../libs/domain/permissions.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { personOf } from '../tickets/sight.js';
import { notificationSchema, type Notification } from './notification.schema.js';
import { MOST, notificationsFor } from './notifications.queries.js';
import { noticeAlerts } from './notice-alerts.queries.js';
import { reviewAlerts } from './review-alerts.queries.js';
import { paymentTroubleAlerts } from './payment-trouble-alerts.queries.js';
import { settlementAlerts } from './settlement-alerts.queries.js';
import { numberAlerts } from './number-alerts.queries.js';

@ApiTags('notifications')
@Permit('omnichat.use')
@Controller('api/notifications')
export class NotificationsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'What happened to tickets, numbers, notices and receipts and concerns me, of the last week' })
  @ApiOkResponse({ standardSchema: z.array(notificationSchema) })
  @SerializeOptions({ schema: notificationSchema }) // of each
  list(@Me() me: SignedIn): Promise<Notification[]> {
    return forCompany(this.sources.orm, me.company, async (em) => {
      const alerts = can(me.user.role, 'channels.read') ? await numberAlerts(em, me.company, new Date()) : [];
      const late = can(me.user.role, 'notices.manage') ? await noticeAlerts(em, me.company) : [];
      const payments = can(me.user.role, 'receipts.decide') ? [...(await reviewAlerts(em, me.company)), ...(await settlementAlerts(em, me.company)), ...(await paymentTroubleAlerts(em, me.company))] : [];
      return [...alerts, ...late, ...payments, ...(await notificationsFor(em, me.company, personOf(me)))].sort((one, other) => other.at.localeCompare(one.at)).slice(0, MOST);
    });
  }
}
