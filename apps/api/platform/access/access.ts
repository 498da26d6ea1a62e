import { applyDecorators, SetMetadata } from '@nestjs/common';
import {
  ApiCookieAuth, ApiForbiddenResponse, ApiNotFoundResponse, ApiTooManyRequestsResponse, ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Permission } from '../../../../libs/domain/permissions.js';
import { problemSchema } from '../problem.js';

const ACCESS = Symbol('who may call this');

/** Who may call a route: everybody, or somebody signed in whose role has the permission. */
export type Access =
  | { kind: 'everybody'; anyOrigin: boolean; machines: boolean }
  | { kind: 'permission'; permission: Permission; beforePasswordChange: boolean };

const tooMany = ApiTooManyRequestsResponse({ standardSchema: problemSchema, description: 'Too many requests; Retry-After says how long to wait' });

export interface EverybodyOptions {
  /** Other sites' pages may send it, too: for a handler that knows its callers by something that no browser adds by itself. */
  anyOrigin?: boolean;
  /** Called by systems and not by people: they may call more often. */
  machines?: boolean;
}

/** On a handler or controller: nobody has to be signed in. */
export const Everybody = ({ anyOrigin = false, machines = false }: EverybodyOptions = {}) =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'everybody', anyOrigin, machines } satisfies Access), tooMany);

export interface PermitOptions {
  /** Open to somebody who still has to change the password that they were given. */
  beforePasswordChange?: boolean;
}

/** On a handler or controller: a session of the host's company is needed, of a role that holds the permission. */
export const Permit = (permission: Permission, { beforePasswordChange = false }: PermitOptions = {}) =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'permission', permission, beforePasswordChange } satisfies Access),
    ApiCookieAuth('session'),
    ApiUnauthorizedResponse({ standardSchema: problemSchema, description: 'Nobody is signed in' }),
    ApiForbiddenResponse({ standardSchema: problemSchema, description: `Not permitted: ${permission}; or the password has to be changed first` }),
    ApiNotFoundResponse({ standardSchema: problemSchema, description: 'Not here, or another company’s' }),
    tooMany,
  );

/** What a handler or its controller declares; undefined: nothing, so nobody may call it. */
export const accessOf = (handler: object, controller: object): Access | undefined =>
  (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as Access | undefined;
