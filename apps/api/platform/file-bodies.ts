import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Lets images and files through as they come, unread: the route that takes one reads it, after the guard has let its sender in and no further
 * than it wants to. Any other route refuses such a body, which has no form that it knows.
 */
export function passFileBodies(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addContentTypeParser(/^(image\/|application\/octet-stream)/, (_request, payload, passed) => passed(null, payload));
}
