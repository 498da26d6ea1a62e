import type { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Inject, Put, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { writeAudit, type Actor } from '../../../libs/db/audit.js';
import { forCompany } from '../../../libs/db/company.js';
import { readReceiptPolicy } from '../../../libs/db/receipt-policy.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import {
  receiptSettingsChangeSchema, receiptSettingsFrame, receiptSettingsSchema, type ReceiptSettingsChange, type ReceiptSettingsView,
} from './receipt-policy.schema.js';

async function viewOf(em: EntityManager, company: string): Promise<ReceiptSettingsView> {
  const { policy, texts } = await readReceiptPolicy(em, company);
  const [facts] = await em.execute<{ version: number; currency: string; accounts: number }[]>(
    `select coalesce((select p.version from receipt_policies p where p.company = c.id), 0) as version, c.currency,
        (select count(*)::int from payment_methods m where m.company = c.id and m.kind = 'transfer' and m.removed_at is null) as accounts
      from companies c where c.id = ?`, [company]);
  return {
    ...receiptSettingsFrame, variables: [...receiptSettingsFrame.variables], ...facts!, texts,
    policy: { ...policy, kinds: [...policy.kinds], files: [...policy.files] },
  };
}

@ApiTags('receipt settings')
@Permit('payments.manage')
@Controller('api/receipt-settings')
export class ReceiptPolicyController {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  @Get()
  @ApiOperation({ summary: 'What happens to receipts without a person, and what customers are told' })
  @ApiOkResponse({ standardSchema: receiptSettingsSchema })
  @SerializeOptions({ schema: receiptSettingsSchema })
  read(@Me() { company }: SignedIn): Promise<ReceiptSettingsView> {
    return forCompany(this.sources.orm, company, (em) => viewOf(em, company));
  }

  @Put()
  @Command()
  @ApiOperation({ summary: 'Choose both; receipts that are judged from now on follow it' })
  @ApiOkResponse({ standardSchema: receiptSettingsSchema })
  @SerializeOptions({ schema: receiptSettingsSchema })
  save(@Body({ schema: receiptSettingsChangeSchema }) { version, policy, texts }: ReceiptSettingsChange, @By() by: Actor): Promise<ReceiptSettingsView> {
    const { company } = by;
    return forCompany(this.sources.orm, company, async (em) => {
      const before = await readReceiptPolicy(em, company);
      const saved = await em.execute<object[]>(
        `insert into receipt_policies as p (company, policy, texts) select ?, ?::jsonb, ?::jsonb where ? = 0 or exists (select from receipt_policies o where o.company = ?)
          on conflict (company) do update set policy = excluded.policy, texts = excluded.texts, version = p.version + 1, changed_at = clock_timestamp() where p.version = ?
          returning version`,
        [company, JSON.stringify(policy), JSON.stringify(texts), version, company, version]);
      if (saved.length === 0) throw new ProblemException('conflict');
      await writeAudit(em, by, { action: 'receipt-policy.changed', subject: company, before: { ...before.policy, texts: before.texts }, after: { ...policy, texts } });
      return viewOf(em, company);
    });
  }
}
