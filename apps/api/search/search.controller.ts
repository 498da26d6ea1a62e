import { Controller, Get, Inject, Query, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forCompany } from '../../../libs/db/company.js';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { personOf } from '../tickets/sight.js';
import { search } from './search.queries.js';
import { foundSchema, searchQuerySchema, type Found } from './search.schema.js';

@ApiTags('search')
@Permit('omnichat.use')
@Controller('api/search')
export class SearchController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'People and tickets that I may see, by name, phone, number or summary' })
  @ApiOkResponse({ standardSchema: foundSchema })
  @SerializeOptions({ schema: foundSchema })
  find(@Query({ schema: searchQuerySchema }) { q }: { q: string }, @Me() me: SignedIn): Promise<Found> {
    return forCompany(this.sources.orm, me.company, (em) => search(em, me.company, personOf(me), q));
  }
}
