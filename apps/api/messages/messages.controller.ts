import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Permit } from '../platform/access/access.js';
import { Me, type SignedIn } from '../platform/access/signed-in.js';
import { problemSchema } from '../platform/problem.js';
import { messageIdSchema } from '../conversations/conversation.schema.js';
import { byteRange } from './byte-range.js';
import { fileHeaders } from './file-headers.js';
import { Files, PIECE_BYTES } from './files.js';

const id = { schema: messageIdSchema };

@ApiTags('messages')
@Permit('omnichat.use')
@Controller('api/messages')
export class MessagesController {
  constructor(private readonly files: Files) {}

  @Get(':id/file')
  @ApiOperation({ summary: 'The file that a message carries, whole or a range of it' })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'As what its content was found to be', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @ApiResponse({ status: 206, description: 'The range that was asked for' })
  @ApiResponse({ status: 304, description: 'The file that the client has' })
  @ApiResponse({ status: 416, description: 'The file has no such range' })
  @ApiConflictResponse({ standardSchema: problemSchema, description: 'Not yet fetched, refused, or no longer to be had: file-pending, file-failed, file-expired' })
  @ApiServiceUnavailableResponse({ standardSchema: problemSchema, description: 'The media store does not answer' })
  async file(
    @Param('id', id) message: string, @Me() me: SignedIn, @Headers() headers: Record<string, string | undefined>, @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.find(me, message);
    const own = fileHeaders(file);
    void reply.headers(own);
    if (headers['if-none-match'] === own['etag']) return void reply.status(304).send();
    const stale = headers['if-range'] !== undefined && headers['if-range'] !== own['etag'];
    const range = byteRange(stale ? undefined : headers['range'], file.size);
    if (range === 'unsatisfiable') return void reply.status(416).header('content-range', `bytes */${file.size}`).send();
    if (range === 'whole') return void reply.status(200).header('content-length', file.size).send(await this.files.stream(me, file));
    // Players ask for "from here to the end" and seek: they get a piece, and ask for the next (RFC 9110, 15.3.7 lets a server answer with less).
    const part = { first: range.first, last: Math.min(range.last, range.first + PIECE_BYTES - 1) };
    const bytes = Buffer.from(await this.files.open(me, file, part));
    void reply.status(206).header('content-range', `bytes ${part.first}-${part.last}/${file.size}`).send(bytes);
  }
}
