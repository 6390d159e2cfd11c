import { gunzipSync } from 'node:zlib';
import type { WatchPolicy } from '../../contract/policies/watch-policy';
import type { CallRecord } from './event';
import { looseningOf } from './loosening';
import { messageOf } from './message';

/** What CloudWatch Logs sends to a function that a log group is subscribed to. */
export interface LogsEvent {
  readonly awslogs: { readonly data: string };
}

/** The function's answer, which Lambda hands to EventBridge; without a text, nothing is reported. */
export interface Report {
  readonly text?: string;
}

/** Most messages in one report; a topic accepts 256 KB. */
const MOST = 50;

/**
 * Reports the calls in a batch of CloudTrail's records that loosen the perimeter.
 *
 * @throws if a record can't be read, so that Lambda repeats the batch and the alarm of failures goes off
 */
export function report({ awslogs }: LogsEvent, policy: WatchPolicy): Report {
  const { messageType, logEvents } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8'));
  if (messageType !== 'DATA_MESSAGE') return {};
  const messages = (logEvents as readonly { readonly message: string }[]).flatMap(({ message }) => {
    const event: CallRecord = JSON.parse(message);
    const loosening = looseningOf(event, policy);
    return loosening === undefined ? [] : [messageOf(loosening, event)];
  });
  if (messages.length === 0) return {};
  const more = messages.length > MOST ? [`And ${messages.length - MOST} more; see the log group.`] : [];
  return { text: [...messages.slice(0, MOST), ...more].join(' | ') };
}
