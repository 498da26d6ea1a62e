import { Body, Controller, Get, Header, HttpCode, Inject, Options, Post, Query, Req, Res, SerializeOptions } from '@nestjs/common';
import { ApiForbiddenResponse, ApiOkResponse, ApiOperation, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Payload } from '@temporalio/common';
import { isDatabaseAway } from '../../../libs/db/availability.js';
import { CompanyCodec, companyOfPayload } from '../../../libs/temporal/codec.js';
import { Everybody } from '../platform/access/access.js';
import { isSameOrigin } from '../platform/access/same-origin.js';
import { hostNameOf, temporalUiUrl } from '../platform/addresses.js';
import { ProblemException, problemSchema } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { decodedSchema, decodeSchema, enterSchema, type DecodedPayloads, type SealedPayloads } from './codec.schema.js';
import { OPERATOR_COOKIE, PayloadReaders, type Reader } from './readers.js';

const ABOUT = `Temporal's remote codec protocol. For the operator, by \`Authorization: Bearer <hilo operator token>\` or the cookie of \`/api/codec/enter\`: all
payloads. For an administrator, by the panel's session: the company's own; others stay sealed. Only the Temporal UI may ask from another origin.`;

const text64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const asJson = ({ metadata, data }: Payload): DecodedPayloads['payloads'][number] => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, text64(value)])),
  ...(data ? { data: text64(data) } : {}),
});

/** Opens payloads for the Temporal UI and CLI. There is no `/encode`: nobody starts workflows from there. */
@ApiTags('codec')
@Controller('api/codec')
export class CodecController {
  readonly #codec: CompanyCodec;

  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly readers: PayloadReaders,
  ) {
    this.#codec = new CompanyCodec(sources.vault);
  }

  @Options('decode')
  @Everybody({ anyOrigin: true })
  @HttpCode(204)
  @Header('access-control-allow-methods', 'POST')
  @Header('access-control-allow-headers', 'authorization, content-type, x-namespace')
  @Header('access-control-max-age', '600')
  @ApiOperation({ summary: 'Whether this origin may ask' })
  preflight(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.#allow(request, reply);
  }

  @Post('decode')
  @Everybody({ anyOrigin: true })
  @HttpCode(200)
  @ApiOperation({ summary: 'Open payloads', description: ABOUT })
  @ApiOkResponse({ standardSchema: decodedSchema })
  @ApiUnauthorizedResponse({ standardSchema: problemSchema, description: 'Neither the operator nor signed in' })
  @ApiForbiddenResponse({ standardSchema: problemSchema, description: 'No administrator, or another origin than the Temporal UI’s' })
  @SerializeOptions({ schema: decodedSchema })
  async decode(
    @Body({ schema: decodeSchema }) { payloads }: SealedPayloads, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecodedPayloads> {
    this.#allow(request, reply);
    const reader = await this.readers.of(request);
    return { payloads: await Promise.all(payloads.map(async ({ metadata, data }) => asJson(await this.#open(reader, { metadata, ...(data ? { data } : {}) })))) };
  }

  @Get('enter')
  @Everybody()
  @ApiOperation({ summary: 'Remember the operator in this browser, and go to the Temporal UI' })
  enter(@Query({ schema: enterSchema }) { token }: { token: string }, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const ui = temporalUiUrl(this.sources.env, hostNameOf(request));
    if (!this.readers.isOperator(token)) throw new ProblemException('forbidden');
    if (ui === undefined) throw new ProblemException('not-found');
    const expires = new Date(Number(token.split('.')[1]) * 1_000);
    const attributes = { httpOnly: true, sameSite: 'lax', path: '/api/codec', secure: request.protocol === 'https', expires } as const;
    void reply.setCookie(OPERATOR_COOKIE, token, attributes).header('referrer-policy', 'no-referrer').redirect(ui, 303);
  }

  async #open(reader: Reader, payload: Payload): Promise<Payload> {
    const company = companyOfPayload(payload);
    if (company === undefined || (!reader.all && reader.company !== company)) return payload;
    try {
      const [opened] = await this.#codec.decode([payload]);
      return opened!;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      return payload; // of a company that was removed, or altered: the rest of the history can still be read
    }
  }

  /** @throws ProblemException `foreign-origin` for pages besides ours and the Temporal UI */
  #allow(request: FastifyRequest, reply: FastifyReply): void {
    const { origin } = request.headers;
    void reply.header('vary', 'origin');
    if (origin === undefined || isSameOrigin(request.headers)) return;
    if (!this.#uiOrigins(hostNameOf(request)).includes(origin)) throw new ProblemException('foreign-origin');
    void reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true');
  }

  /** The local server's UI has several names. */
  #uiOrigins(hostName: string): string[] {
    return [hostName, 'localhost', '127.0.0.1'].flatMap((name) => {
      const ui = temporalUiUrl(this.sources.env, name);
      return ui === undefined ? [] : [new URL(ui).origin];
    });
  }
}
