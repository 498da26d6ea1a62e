import { Body, Controller, Get, HttpCode, Param, Patch, Post, SerializeOptions } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../libs/db/audit.js';
import { Permit } from '../platform/access/access.js';
import { By } from '../platform/access/actor.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { Command } from '../platform/idempotency/command.js';
import {
  createdUserSchema, newUserSchema, temporaryPasswordSchema, userChangeSchema, userSchema, type CreatedUser, type NewUser,
  type TemporaryPassword, type UserChange, type UserView,
} from './user.schema.js';
import { UserAccounts } from './user-accounts.js';

@ApiTags('users')
@Permit('users.manage')
@Controller('api/users')
export class UsersController {
  constructor(private readonly accounts: UserAccounts) {}

  @Get()
  @ApiOperation({ summary: 'The company’s people, those who left at the end' })
  @ApiOkResponse({ standardSchema: z.array(userSchema) })
  @SerializeOptions({ schema: userSchema }) // of each
  list(@Me() { company }: SignedIn): Promise<UserView[]> {
    return this.accounts.list(company);
  }

  @Post()
  @Command()
  @ApiOperation({ summary: 'Somebody new, with a password for once' })
  @ApiCreatedResponse({ standardSchema: createdUserSchema })
  @SerializeOptions({ schema: createdUserSchema })
  create(@Body({ schema: newUserSchema }) person: NewUser, @By() by: Actor): Promise<CreatedUser> {
    return this.accounts.create(by, person);
  }

  @Patch(':id')
  @Command()
  @ApiOperation({ summary: 'Name, role, departments, active; a new role and a deactivation end their sessions' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: userSchema })
  @SerializeOptions({ schema: userSchema })
  change(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: userChangeSchema }) change: UserChange,
    @By() by: Actor,
  ): Promise<UserView> {
    return this.accounts.change(by, id, change);
  }

  @Post(':id/password-reset')
  @Command()
  @HttpCode(200)
  @ApiOperation({ summary: 'A password for once; all sessions of theirs end' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ standardSchema: temporaryPasswordSchema })
  @SerializeOptions({ schema: temporaryPasswordSchema })
  async resetPassword(@Param('id', { schema: z.uuid() }) id: string, @By() by: Actor): Promise<TemporaryPassword> {
    return { temporaryPassword: await this.accounts.resetPassword(by, id) };
  }
}
