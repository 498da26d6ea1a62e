import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { expireGroupText, sendsOf } from '../activities.js';
import type { GroupNoticeInput } from './contract.js';

/** Sends one text to a group, however long its number is away; its parents do not wait for that. */
export async function groupNotice({ company, channel, message }: GroupNoticeInput): Promise<void> {
  try {
    await sendsOf(channel).sendToGroup({ company, channel, message });
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await expireGroupText({ company, message });
  }
}
