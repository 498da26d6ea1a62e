import { Module, StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { CompanyController } from './company/company.controller.js';
import { HealthController } from './platform/health/health.controller.js';
import { HealthService } from './platform/health/health.service.js';
import { logging } from './platform/logging.js';
import { ProblemFilter } from './platform/problem.filter.js';
import { SOURCES, type Sources } from './platform/sources.js';

/** Every controller of the API. Answers are cut to their schema, requests are checked against theirs. */
@Module({})
export class AppModule {
  static over(sources: Sources): DynamicModule {
    return {
      module: AppModule,
      imports: [LoggerModule.forRoot(logging(sources.env.LOG_LEVEL))],
      controllers: [HealthController, CompanyController],
      providers: [
        HealthService,
        { provide: SOURCES, useValue: sources },
        { provide: APP_PIPE, useClass: StandardSchemaValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
