import { Controller, Get, Inject, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forCompany } from '../../../libs/db/company.js';
import { can } from '../../../libs/domain/permissions.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { cardStateReaders } from './card-states.js';
import { settingsCardSchema, type SettingsCardView } from './settings.schema.js';

@ApiTags('settings')
@Controller('api/settings')
export class SettingsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get('cards')
  @Permit('company.manage')
  @ApiOperation({ summary: 'How each part of the settings is: those that the person may open' })
  @ApiOkResponse({ standardSchema: z.array(settingsCardSchema) })
  @SerializeOptions({ schema: settingsCardSchema })
  cards(@Me() { company, user }: SignedIn): Promise<SettingsCardView[]> {
    return forCompany(this.sources.orm, company, async (em) => {
      const cards: SettingsCardView[] = [];
      for (const { card, read } of cardStateReaders.filter(({ permission }) => can(user.role, permission))) {
        cards.push({ card, ...(await read({ em, company, sources: this.sources })) });
      }
      return cards;
    });
  }
}
