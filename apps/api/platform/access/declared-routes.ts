import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { accessOf, type Access } from './access.js';

/** A route as its controller declares it. */
export interface DeclaredRoute {
  /** `GET`, `POST`, … */
  method: string;
  /** With a leading slash, parameters as `:name`. */
  path: string;
  /** Controller and handler, for whoever has to put it right. */
  name: string;
  /** Undefined: nothing is declared. */
  access: Access | undefined;
}

type Handlers = Record<string, unknown>;

const pathOf = (...parts: unknown[]): string =>
  `/${parts.flatMap((part) => String(part).split('/')).filter((part) => part !== '').join('/')}`;

function routesOfController(controller: { prototype: object }): DeclaredRoute[] {
  const handlers = controller.prototype as Handlers;
  return Object.getOwnPropertyNames(handlers).flatMap((name) => {
    const handler = handlers[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    const path = pathOf(Reflect.getMetadata(PATH_METADATA, controller) ?? '', Reflect.getMetadata(PATH_METADATA, handler) ?? '');
    return [{ method, path, name: `${(controller as { name?: string }).name}.${name}`, access: accessOf(handler, controller) }];
  });
}

/** Every route of the application's controllers, with who may call it. */
export function declaredRoutes(app: INestApplication): DeclaredRoute[] {
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ metatype }) => (metatype ? routesOfController(metatype as { prototype: object }) : []));
}

/** @throws Error naming each route that does not say who may call it: such an API does not start */
export function refuseUndeclaredRoutes(app: INestApplication): void {
  const undeclared = declaredRoutes(app).filter(({ access }) => access === undefined);
  if (undeclared.length === 0) return;
  const names = undeclared.map(({ method, path, name }) => `${method} ${path} (${name})`).join(', ');
  throw new Error(`Routes without @Permit(…) or @Everybody(): ${names}`);
}
