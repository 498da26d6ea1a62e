import { defineEntity, p } from '@mikro-orm/core';
import { company, companyFilter } from './company-owned.js';

const MediaFileSchema = defineEntity({
  name: 'MediaFile',
  tableName: 'media_files',
  filters: companyFilter,
  properties: {
    company: company(),
    message: p.bigint('string').primary(),
    direction: p.string().$type<'in' | 'out'>(),
    state: p.string().$type<'wanted' | 'stored' | 'failed' | 'expired'>(),
    reason: p.string().nullable(),
    sha256: p.string().nullable(),
    size: p.bigint('number').nullable(),
    mimetype: p.string().nullable(),
    fileName: p.string().nullable(),
    attempts: p.integer().default(0),
    nextAt: p.datetime().defaultRaw('clock_timestamp()'),
    storedAt: p.datetime().nullable(),
  },
});

/** The file of a message: where its bytes are (by their hash, in the media store), or why they are not there. */
export class MediaFile extends MediaFileSchema.class {}
MediaFileSchema.setClass(MediaFile);
