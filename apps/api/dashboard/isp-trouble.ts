import type { EntityManager } from '@mikro-orm/postgresql';
import { outsideSystems, type OutsideSystemId } from '../../../libs/crm/registry.js';
import type { CrmFault } from '../../../libs/domain/customers.js';
import type { Trouble } from './dashboard.schema.js';

/** The active ISP system where it does not answer, or where what asking may cost is spent. */
export interface IspFinding {
  name: string;
  fault: CrmFault;
  since: Date;
}

interface Row {
  system: OutsideSystemId;
  fault: CrmFault | null;
  since: Date | string;
}

const DOWN = `select h.system, h.fault, h.since from isp_health h join isp_connections c on c.company = h.company and c.system = h.system
  where h.company = ? and c.active and h.state = 'down'`;
/** Within the hour somebody was told that it does not answer, for want of requests. */
const SPENT = `select e.system, e.fault, min(e.first_at) as since from isp_errors e join isp_connections c on c.company = e.company and c.system = e.system
  where e.company = ? and c.active and e.fault = 'quota' and e.last_at > ?::timestamptz - interval '1 hour' group by e.system, e.fault`;

export async function ispFinding(em: EntityManager, company: string, now: Date): Promise<IspFinding | undefined> {
  const [down] = await em.execute<Row[]>(DOWN, [company]);
  const [row] = down ? [down] : await em.execute<Row[]>(SPENT, [company, now]);
  return row && { name: outsideSystems[row.system]?.name ?? row.system, fault: row.fault ?? 'unavailable', since: new Date(row.since) };
}

const ADDRESS = 'Revisá la dirección en Ajustes → Integraciones ISP.';
const PROVIDER = 'Se vuelve a intentar solo. Si sigue, hablá con quien administra ese sistema.';
const actions: Partial<Record<CrmFault, string>> = {
  auth: 'No acepta la clave: cargá la nueva en Ajustes → Integraciones ISP.', name: ADDRESS, html: ADDRESS, refused: ADDRESS, address: ADDRESS,
  tls: 'Su certificado no es de confianza: revisalo en Ajustes → Integraciones ISP.', licence: 'Muestra el aviso de su licencia: renovala con el proveedor de ese sistema.',
};

/** In words, with what to do; customers are told that the system does not answer. */
export function ispTrouble({ name, fault, since }: IspFinding): Trouble {
  if (fault === 'quota') {
    return { kind: 'isp-budget-spent', since: since.toISOString(), text: `Se terminó el cupo de consultas a ${name}.`, action: 'Subilo en Ajustes → Integraciones ISP, o esperá a que empiece el día o el mes.' };
  }
  return { kind: 'isp-down', since: since.toISOString(), text: `${name} no responde: el bot no puede ver saldos ni conexiones.`, action: actions[fault] ?? PROVIDER };
}
