import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../../../libs/domain/ticket/access.js';
import { Permit } from '../platform/access/access.js';
import { isSameOrigin } from '../platform/access/same-origin.js';
import { tokenOf } from '../platform/access/session-cookie.js';
import { Sessions } from '../platform/access/sessions.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { PushFeeds } from './push-feeds.js';
import { PushSocket } from './push-socket.js';
import { cursorSchema } from './push.schema.js';
import { Upgrades } from './upgrades.js';

const ABOUT = `WebSocket. The server says \`{cursor, changes: [{topic, subject, conversation?}]}\`, or \`{cursor, reset: true}\` when anything may have
changed. A client that comes back with its last cursor is told what it missed. Closed with 4401 when the session is over.`;

const personOf = ({ user }: SignedIn): Person => ({ id: user.id, role: user.role, departments: user.departments });

@ApiTags('push')
@Permit('account.own')
@Controller('api/push')
export class PushController {
  constructor(
    private readonly feeds: PushFeeds,
    private readonly upgrades: Upgrades,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What changes, live', description: ABOUT })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiResponse({ status: 101, description: 'The socket is open' })
  @ApiResponse({ status: 426, standardSchema: problemSchema, description: 'Not asked for as a WebSocket' })
  async connect(
    @Query('cursor', { schema: cursorSchema.optional() }) cursor: number | undefined,
    @Me() me: SignedIn,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.upgrades.require(request);
    if (!isSameOrigin(request.headers)) throw new ProblemException('foreign-origin');
    const token = tokenOf(request)!; // the guard has found the session by it
    const feed = await this.feeds.of(me.company);
    await feed.reach(cursor); // before the client hears that it is connected: what it reads from then on is not older than its cursor
    const socket = await this.upgrades.accept(request, reply);
    const look = async (): Promise<Person | undefined> => {
      const now = await this.sessions.find(me.company, token);
      return now && personOf(now);
    };
    const pushed = new PushSocket({ socket, session: me.session, person: personOf(me), look });
    socket.on('close', () => feed.leave(pushed));
    feed.join(pushed, cursor);
    pushed.verify(); // a session that ended before we listened for its end
  }
}
