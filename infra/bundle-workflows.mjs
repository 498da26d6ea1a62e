import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { DIST } from './paths.mjs';

/**
 * Bundles the built workflows into one file, as the worker runs them in a sandbox without `import`. The failure converter
 * must be the worker's: it is part of the sandbox.
 */
const { code } = await bundleWorkflowCode({
  workflowsPath: path.join(DIST, 'workflows', 'index.js'),
  failureConverterPath: path.join(DIST, 'libs', 'temporal', 'failure-converter.js'),
  logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
});
const target = path.join(DIST, 'workflow-bundle.js');
writeFileSync(`${target}.new`, code);
renameSync(`${target}.new`, target);
