import { Inject, Injectable } from '@nestjs/common';
import { ispSystems, type IspSystem, type IspSystems } from '../../../activities/isp-systems.js';
import { SOURCES, type Sources } from '../platform/sources.js';

/** The ISP systems of all companies, as this process asks them: one for all who do, so that what is asked at once is asked once. */
@Injectable()
export class CompanySystems implements IspSystems {
  readonly #systems: IspSystems;

  constructor(@Inject(SOURCES) { orm }: Sources) {
    this.#systems = ispSystems({ orm, now: () => Date.now() });
  }

  of(company: string): Promise<IspSystem> {
    return this.#systems.of(company);
  }
}
