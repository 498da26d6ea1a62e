import { Inject, Injectable } from '@nestjs/common';
import { isOnlyCompany } from '../../../../libs/db/platform.js';
import { can } from '../../../../libs/domain/permissions.js';
import type { SignedIn } from '../access/signed-in.js';
import { temporalUiUrl } from '../addresses.js';
import { SOURCES, type Sources } from '../sources.js';

/** Where a workflow is looked at in the Temporal UI. */
@Injectable()
export class WorkflowLinks {
  constructor(@Inject(SOURCES) private readonly sources: Sources) {}

  /**
   * For those who may read the company's payloads, and only where there is one company: the UI lists every company's ids and states,
   * so with several it is the operator's.
   */
  async urlOf(workflow: string, me: SignedIn, hostName: string): Promise<string | undefined> {
    const { env, orm } = this.sources;
    const ui = temporalUiUrl(env, hostName);
    if (ui === undefined || !can(me.user.role, 'payloads.read') || !(await isOnlyCompany(orm))) return undefined;
    return `${ui}/namespaces/${encodeURIComponent(env.TEMPORAL_NAMESPACE)}/workflows/${encodeURIComponent(workflow)}`;
  }
}
