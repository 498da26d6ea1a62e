import { Controller, HttpCode, Param, Post, Req, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Everybody } from '../platform/access/access.js';
import { problemSchema } from '../platform/problem.js';
import { PaymentHooks } from './hooks.js';

const takenSchema = z.object({ taken: z.boolean().meta({ description: 'Whether somebody looks at a payment because of it' }) }).meta({ id: 'PaymentNoticeTaken' });
const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** What payment platforms call. The body stays unread: a notice only says that there is something to look at. */
@ApiTags('payments')
@Controller('hooks')
export class PaymentHooksController {
  constructor(private readonly hooks: PaymentHooks) {}

  @Post('mercadopago/:company/:door')
  @Everybody({ anyOrigin: true, machines: true })
  @HttpCode(200)
  @ApiOperation({ summary: 'A notice of MercadoPago, signed (`x-signature`) or in its older form (`topic`, `id`): answered once the payment is going to be looked at' })
  @ApiParam({ name: 'company' })
  @ApiParam({ name: 'door', description: 'What makes the address unguessable; the settings show it' })
  @ApiOkResponse({ standardSchema: takenSchema })
  @ApiResponse({ status: 401, standardSchema: problemSchema, description: 'Not signed with the company’s secret' })
  @ApiResponse({ status: 404, standardSchema: problemSchema })
  @ApiResponse({ status: 503, standardSchema: problemSchema, description: 'Nothing was taken: to be sent again' })
  @SerializeOptions({ schema: takenSchema })
  async mercadoPago(@Param('company') company: string, @Param('door') door: string, @Req() request: FastifyRequest): Promise<{ taken: boolean }> {
    const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
    return { taken: await this.hooks.mercadoPago(company, door, { query, signature: headerOf(request, 'x-signature'), requestId: headerOf(request, 'x-request-id'), address: request.ip }) };
  }
}
