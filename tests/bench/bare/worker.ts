import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** The bare workflow's worker: a process of its own, as the product's worker is. */
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address: process.argv[2]! });
const worker = await Worker.create({
  connection,
  taskQueue: 'bare',
  workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
});
process.on('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
