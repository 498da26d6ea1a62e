import { Controller, Get } from '@nestjs/common';

/** A route that somebody forgot to say who may call it. */
@Controller('api/forgotten')
export class UndeclaredController {
  @Get('things/:id')
  read(): object {
    return {};
  }
}
