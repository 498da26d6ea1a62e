import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { RunningCopy } from './running-copy.js';

const { GetWorkflowExecutionHistoryResponse, DescribeWorkflowExecutionResponse } = proto.temporal.api.workflowservice.v1;

/**
 * Everything that Temporal knows of a workflow as the server sends it, without our codec, plus all that is in its files: what somebody
 * with the server, but without our keys, could read.
 */
export async function temporalBytes(copy: RunningCopy, workflowId: string): Promise<{ told: Buffer; stored: Buffer }> {
  const connection = await Connection.connect({ address: `127.0.0.1:${copy.ports.temporal}` });
  const request = { namespace: 'default', execution: { workflowId } };
  const history = await connection.workflowService.getWorkflowExecutionHistory(request);
  const described = await connection.workflowService.describeWorkflowExecution(request);
  await connection.close();
  const folder = join(copy.dataDir, 'temporal');
  return {
    told: Buffer.concat([
      GetWorkflowExecutionHistoryResponse.encode(history).finish(),
      DescribeWorkflowExecutionResponse.encode(described).finish(),
    ]),
    stored: Buffer.concat(readdirSync(folder).filter((file) => file.startsWith('temporal.db')).map((file) => readFileSync(join(folder, file)))),
  };
}
