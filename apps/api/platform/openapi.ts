import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** `GET /api/openapi.json` for machines and `/api/docs` for people; its scripts come from this server. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const about = new DocumentBuilder().setTitle('Hilo').setDescription('Customer service on WhatsApp for internet providers').setVersion('0.1.0');
  const document = SwaggerModule.createDocument(app, about.build(), {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json', raw: ['json'], customSiteTitle: 'Hilo · API' });
}
