import { Inject, Injectable } from '@nestjs/common';
import { customerBookQueries } from '../../../activities/customer-book.js';
import { ispSystems, type ConnectionDraft, type IspSystem, type IspSystems } from '../../../activities/isp-systems.js';
import type { TryRequest } from '../../../activities/isp/describing.js';
import type { TriedOperation } from '../../../libs/crm/generic/tryout.js';
import { outbound } from '../../../activities/outbound.js';
import type { OutsideSystems } from '../../../activities/isp/opening.js';
import { outsideSystems } from '../../../libs/crm/registry.js';
import type { ConnectionTest } from '../../../libs/crm/crm.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** The ISP systems of all companies, as this process asks them: one for all who do, so that what is asked at once is asked once. */
@Injectable()
export class CompanySystems implements IspSystems {
  readonly #systems: IspSystems;
  /** Those that this build has. */
  readonly outside: OutsideSystems;

  constructor(@Inject(SOURCES) { orm, vault, pool, env, media, outgoing, outsideSystems: systems = outsideSystems }: Sources) {
    this.outside = systems;
    const customerBook = customerBookQueries(orm, (company, sha256) => media.open(company, sha256));
    this.#systems = ispSystems({ orm, vault, systems, customerBook, now: () => Date.now(), http: outgoing ?? outbound({ pool, installation: env.OUTBOUND_ALLOW }) });
  }

  of(company: string): Promise<IspSystem> {
    return this.#systems.of(company);
  }

  tryOut(company: string, draft: ConnectionDraft, signal: AbortSignal): Promise<ConnectionTest> {
    return this.#systems.tryOut(company, draft, signal);
  }

  tryDescribed(company: string, request: TryRequest, signal: AbortSignal): Promise<TriedOperation> {
    return this.#systems.tryDescribed(company, request, signal);
  }
}
