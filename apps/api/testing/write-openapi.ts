import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { COMMITTED_DOCUMENT, openApiDocument } from './openapi-document.js';

writeFileSync(COMMITTED_DOCUMENT, await openApiDocument());
