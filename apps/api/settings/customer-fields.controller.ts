import { Body, Controller, Get, Inject, Put, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { changeProfile, readCustomerLayout } from '../../../libs/db/company-profile.js';
import { forCompany } from '../../../libs/db/company.js';
import {
  completeLayout, customerFieldGroups, fixedCustomerFields, type CustomerFieldGroup, type CustomerLayout,
} from '../../../libs/domain/customer-fields.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { customerFieldsSchema, customerLayoutSchema, type CustomerFieldsView, type CustomerLayoutBody } from './customer-fields.schema.js';

const all = Object.entries(customerFieldGroups).map(([group, fields]) => ({ group: group as CustomerFieldGroup, fields: [...fields] }));
const viewOf = (layout: CustomerLayout): CustomerFieldsView => ({ layout, all, fixed: [...fixedCustomerFields] });
/** For the audit log: what is shown, in order, by group. */
const factsOf = (layout: CustomerLayout) => ({ shown: layout.map(({ group, fields }) => `${group}: ${fields.join(', ')}`) });

@ApiTags('settings')
@Controller('api/settings/customer-fields')
export class CustomerFieldsController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @Permit('omnichat.use')
  @ApiOperation({ summary: 'What of a customer agents see beside the chat, and in which order' })
  @ApiOkResponse({ standardSchema: customerFieldsSchema })
  @SerializeOptions({ schema: customerFieldsSchema })
  async read(@Me() { company }: SignedIn): Promise<CustomerFieldsView> {
    return viewOf(await forCompany(this.sources.orm, company, (em) => readCustomerLayout(em, company)));
  }

  @Put()
  @Permit('company.manage')
  @Command()
  @ApiOperation({ summary: 'Choose and order them; a group that is not named comes last as it began' })
  @ApiOkResponse({ standardSchema: customerFieldsSchema })
  @SerializeOptions({ schema: customerFieldsSchema })
  async save(@Body({ schema: customerLayoutSchema }) body: CustomerLayoutBody, @By() by: Actor): Promise<CustomerFieldsView> {
    const { company } = by;
    const layout = completeLayout(body.layout);
    await forCompany(this.sources.orm, company, async (em) => {
      const before = await readCustomerLayout(em, company);
      await changeProfile(em, company, { customerFields: layout });
      await writeAudit(em, by, { action: 'customer-fields.changed', subject: company, before: factsOf(before), after: factsOf(layout) });
    });
    return viewOf(layout);
  }
}
