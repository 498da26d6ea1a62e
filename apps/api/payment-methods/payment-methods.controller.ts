import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, SerializeOptions } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.js';
import { MercadoPagoAccount } from './mercadopago-account.js';
import {
  methodChangeSchema, methodOrderSchema, methodSchema, methodsSchema, newMethodSchema, platformBodySchema, platformSchema, platformTestSchema,
  type MethodChange, type MethodView, type MethodsView, type NewMethod, type PlatformBody, type PlatformTest, type PlatformView,
} from './payment-method.schema.js';
import { PaymentMethods } from './payment-methods.js';

const id = { schema: z.uuid() };
const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host.toLowerCase()}`;

/** How customers can pay: MercadoPago, accounts for transfers, and whatever else the company writes. */
@ApiTags('payments')
@Permit('payments.manage')
@Controller('api/payment-methods')
export class PaymentMethodsController {
  constructor(private readonly methods: PaymentMethods, private readonly account: MercadoPagoAccount, private readonly limits: RateLimits) {}

  @Get()
  @ApiOperation({ summary: 'All of them in their order, and the account at MercadoPago' })
  @ApiOkResponse({ standardSchema: methodsSchema })
  @SerializeOptions({ schema: methodsSchema })
  read(@Me() { company }: SignedIn): Promise<MethodsView> {
    return this.methods.read(company);
  }

  @Post()
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'An account for transfers, whose check digits have to fit, or another way' })
  @ApiOkResponse({ standardSchema: methodSchema })
  @SerializeOptions({ schema: methodSchema })
  create(@Body({ schema: newMethodSchema }) method: NewMethod, @By() by: Actor): Promise<MethodView> {
    return this.methods.create(by, method);
  }

  @Put('order')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'The order in which customers see them' })
  @ApiNoContentResponse({ description: 'Ordered' })
  order(@Body({ schema: methodOrderSchema }) { ids }: { ids: string[] }, @By() by: Actor): Promise<void> {
    return this.methods.order(by, ids);
  }

  @Put('mercadopago')
  @Command()
  @ApiOperation({ summary: 'Save keys of MercadoPago, which are tried before; those that are left out stay' })
  @ApiOkResponse({ standardSchema: platformSchema })
  @SerializeOptions({ schema: platformSchema })
  save(@Body({ schema: platformBodySchema }) keys: PlatformBody, @By() by: Actor, @Req() request: FastifyRequest): Promise<PlatformView> {
    this.limits.take('tryout', by.company);
    return this.account.save(by, keys, originOf(request));
  }

  @Post('mercadopago/test')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask MercadoPago whose the keys are, typed or saved' })
  @ApiOkResponse({ standardSchema: platformTestSchema })
  @SerializeOptions({ schema: platformTestSchema })
  test(@Body({ schema: platformBodySchema }) keys: PlatformBody, @Me() { company }: SignedIn): Promise<PlatformTest> {
    this.limits.take('tryout', company);
    return this.account.test(company, keys);
  }

  @Post('mercadopago/address')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'Another address for the notices of MercadoPago; the former one is taken for some days, the one before that no more' })
  @ApiOkResponse({ standardSchema: platformSchema })
  @SerializeOptions({ schema: platformSchema })
  changeAddress(@By() by: Actor): Promise<PlatformView> {
    return this.account.changeAddress(by);
  }

  @Delete('mercadopago')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget the keys of MercadoPago: no link is made any more, no notice is taken' })
  @ApiNoContentResponse({ description: 'Forgotten' })
  forget(@By() by: Actor): Promise<void> {
    return this.account.remove(by);
  }

  @Put(':id')
  @Command()
  @ApiOperation({ summary: 'Change one: all of it' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: methodSchema })
  @SerializeOptions({ schema: methodSchema })
  change(@Param('id', id) method: string, @Body({ schema: methodChangeSchema }) change: MethodChange, @By() by: Actor): Promise<MethodView> {
    return this.methods.change(by, method, change);
  }

  @Delete(':id')
  @Command()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove one: receipts to that account are not recognised any more' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Removed' })
  remove(@Param('id', id) method: string, @By() by: Actor): Promise<void> {
    return this.methods.remove(by, method);
  }
}
