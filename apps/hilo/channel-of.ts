import { Channel } from '../../libs/db/entities/channel.js';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { CommandFailed } from './command.js';

export interface ChannelName {
  company: string;
  /** Needed only by a company that has several numbers. */
  name?: string | undefined;
}

/**
 * The channel that the operator means.
 * @throws CommandFailed when there is none, or more than one fits
 */
export async function channelOf(orm: MikroORM, { company, name }: ChannelName): Promise<Channel> {
  const all = await forCompany(orm, company, (em) => em.find(Channel, {}, { orderBy: { name: 'asc' } }));
  if (all.length === 0) throw new CommandFailed(`La empresa «${company}» no existe o no tiene ningún número cargado.`);
  const fitting = name === undefined ? all : all.filter((channel) => channel.name === name);
  const names = all.map((channel) => `«${channel.name}»`).join(', ');
  if (fitting.length === 0) throw new CommandFailed(`La empresa «${company}» no tiene el canal «${name}». Tiene: ${names}.`);
  if (fitting.length > 1) throw new CommandFailed(`Decí cuál con --channel: ${names}.`);
  return fitting[0]!;
}
