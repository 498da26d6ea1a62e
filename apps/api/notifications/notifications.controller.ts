import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { personOf } from '../tickets/sight.js';
import { notificationSchema, type Notification } from './notification.schema.js';
import { notificationsFor } from './notifications.queries.js';

@ApiTags('notifications')
@Permit('omnichat.use')
@Controller('api/notifications')
export class NotificationsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'What happened to tickets and concerns me, of the last week' })
  @ApiOkResponse({ standardSchema: z.array(notificationSchema) })
  @SerializeOptions({ schema: notificationSchema }) // of each
  list(@Me() me: SignedIn): Promise<Notification[]> {
    return forCompany(this.sources.orm, me.company, (em) => notificationsFor(em, me.company, personOf(me)));
  }
}
