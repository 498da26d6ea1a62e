import { parseArgs } from 'node:util';
import { required } from '../../../libs/config/env.js';
import { forCompany } from '../../../libs/db/company.js';
import { Channel } from '../../../libs/db/entities/channel.js';
import { masterKeyFrom } from '../../../libs/vault/vault.js';
import { EXIT, type Command } from '../command.js';
import { companyId, exactly, hostName, needed, timeZone } from '../company/arguments.js';
import { addDepartments, addPerson, FIRST_ADMINISTRATOR, FIRST_DEPARTMENTS } from '../company/people.js';
import { addPlatformRows } from '../company/platform-rows.js';
import { removeCompanyRows } from '../company/removal.js';
import { withOrm, withOwner } from '../connections.js';
import { demoFlows, seedFlows } from '../demo/flows.js';

const FIRST_CHANNEL = 'principal';

function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    strict: true,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      host: { type: 'string' },
      'time-zone': { type: 'string', default: 'America/Argentina/Buenos_Aires' },
    },
  });
  const [id] = exactly(positionals, 'el id de la empresa');
  return {
    id: companyId(id), name: needed(values.name, 'name'), host: hostName(needed(values.host, 'host')), timeZone: timeZone(values['time-zone']),
  };
}

export const companyCreate: Command = {
  name: 'company create',
  summary: 'Crea una empresa con su host, un administrador, departamentos, flujos publicados y un canal por vincular.',
  usage: 'company create <empresa> --name <nombre> --host <host> [--time-zone <zona>]',
  async run(args, { env, terminal }) {
    const company = readArguments(args);
    const { id } = company;
    const masterKey = masterKeyFrom(required(env, 'HILO_MASTER_KEY'));
    await withOwner(env, async (owner) => {
      await addPlatformRows(owner, company, masterKey);
      await withOrm(env, (orm) => forCompany(orm, id, async (em) => {
        await addDepartments(em, id, FIRST_DEPARTMENTS);
        await addPerson(em, id, FIRST_ADMINISTRATOR);
        await seedFlows(em, id, demoFlows(), new Date());
        em.create(Channel, { company: id, name: FIRST_CHANNEL });
        await em.flush();
      })).catch(async (problem: unknown) => {
        await removeCompanyRows(owner, id); // a company without anybody who could sign in is none
        throw problem;
      });
    });
    terminal.out(`Empresa «${company.name}» (${id}) creada. Atiende en ${company.host}, hora de ${company.timeZone}.`);
    terminal.out('Ingreso: usuario «admin», contraseña «admin»; al entrar hay que cambiarla, y hasta entonces no sirve para nada más.');
    terminal.out(`Su número se vincula en el panel, o con «npm run hilo -- link ${id}».`);
    return EXIT.done;
  },
};
