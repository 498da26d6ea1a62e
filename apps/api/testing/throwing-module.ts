import { Controller, Get, Module, NotFoundException } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DomainError } from '../../../libs/domain/errors.js';
import { ProblemFilter } from '../platform/problem.filter.js';

/** What nobody may read in an answer or a log. */
const SECRET = 'Ana Gómez 30111222';

/** Throws whatever may be thrown, for the filter's spec. */
@Controller('throws')
class ThrowingController {
  @Get('unknown')
  unknown(): void {
    throw new Error(SECRET);
  }

  @Get('not-an-error')
  notAnError(): void {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless library may do
    throw { toString: () => SECRET };
  }

  @Get('nest')
  nest(): void {
    throw new NotFoundException(SECRET);
  }

  @Get('rule')
  rule(): void {
    throw new DomainError('phone-invalid', SECRET);
  }

  @Get('database')
  database(): void {
    const cause = Object.assign(new Error(`connect ECONNREFUSED ${SECRET}`), { code: 'ECONNREFUSED' });
    throw new Error('query failed', { cause });
  }
}

@Module({ controllers: [ThrowingController], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
export class ThrowingModule {}
