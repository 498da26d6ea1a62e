import type { MikroORM } from '../../libs/db/orm.js';
import type { Pauses } from '../../libs/domain/settlement/course.js';
import type { IspSystems } from '../isp-systems.js';
import type { Engine } from '../telling.js';

export interface SettlementDeps {
  orm: MikroORM;
  systems: Pick<IspSystems, 'of'>;
  engine: Engine;
  /** Milliseconds since 1970; the clock by default. */
  now?(): number;
  /** Between attempts; the product's own by default. */
  pauses?: Pauses;
}
