import { Controller, Get, HttpStatus, Res, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Everybody } from '../access/access.js';
import { healthSchema, type Health } from './health.schema.js';
import { HealthService } from './health.service.js';

@ApiTags('platform')
@Everybody()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @ApiOperation({ summary: 'Whether every process is fit' })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'Every process is fit' })
  @ApiResponse({ status: HttpStatus.SERVICE_UNAVAILABLE, standardSchema: healthSchema, description: 'At least one process is not' })
  @SerializeOptions({ schema: healthSchema })
  async check(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.health.check();
    reply.header('cache-control', 'no-store');
    reply.status(health.state === 'fit' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return health;
  }
}
