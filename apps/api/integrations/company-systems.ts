import { Inject, Injectable } from '@nestjs/common';
import { ispSystems, type ConnectionDraft, type IspSystem, type IspSystems } from '../../../activities/isp-systems.js';
import type { TryRequest } from '../../../activities/isp/describing.js';
import type { TriedOperation } from '../../../libs/crm/generic/tryout.js';
import type { ConnectionTest } from '../../../libs/crm/crm.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** The ISP systems of all companies, as this process asks them: one for all who do, so that what is asked at once is asked once. */
@Injectable()
export class CompanySystems implements IspSystems {
  readonly #systems: IspSystems;

  constructor(@Inject(SOURCES) { orm, vault }: Sources) {
    this.#systems = ispSystems({ orm, vault, now: () => Date.now() });
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
