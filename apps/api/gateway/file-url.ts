import { Company } from '../../../libs/db/entities/company.js';
import { HttpFailure } from '../../../libs/http/http-client.js';
import { outboundAllowed } from '../../../libs/http/outbound.js';
import { targetOf } from '../../../libs/http/target.js';
import { ProblemException } from '../platform/problem.js';
import type { Sources } from '../platform/sources.js';

/**
 * What of an address can be told by reading it. Where its name really leads is seen when it is called, by the guarded client: this only
 * tells whoever typed it at once.
 * @throws ProblemException `url-refused`
 */
export async function mustBePublic(url: string, { orm, env }: Pick<Sources, 'orm' | 'env'>, company: string): Promise<void> {
  const { outboundAllow } = await orm.em.fork().findOneOrFail(Company, { id: company });
  try {
    targetOf(url, outboundAllowed(env.OUTBOUND_ALLOW, outboundAllow));
  } catch (error) {
    throw error instanceof HttpFailure ? new ProblemException('url-refused') : error;
  }
}
