import type { WatchedCalls } from '../../contract/watched-calls';
import { type CallRecord, shown } from './event';

/** Who did what, where, as one line. */
export function messageOf({ entry, subject, source, named }: WatchedCalls, event: CallRecord): string {
  const { eventName, eventTime, eventID, awsRegion, recipientAccountId, errorCode, requestParameters } = event;
  const objects = named.flatMap((name) => {
    const value = shown(requestParameters?.[name]);
    return value === '' ? [] : [`${name} ${value}`];
  });
  const denied = errorCode !== undefined && errorCode !== null;
  const what = `${shown(eventName)} of ${source.replace(/\.amazonaws\.com$/, '')}`;
  return [
    denied
      ? `An attempt to change ${subject} was refused with ${shown(errorCode) || 'an error'}: ${what}`
      : `${entry === 'WatchChanged' ? 'Reports about the perimeter may stop' : 'The perimeter may refuse less than before'}. ${capital(subject)} was changed: ${what}`,
    ...(objects.length > 0 ? [` (${objects.join(', ')})`] : []),
    ` in ${shown(awsRegion) || 'an unknown Region'} of account ${shown(recipientAccountId) || 'unknown'} at ${shown(eventTime)},`,
    ` by ${who(event)}.`,
    ` CloudTrail event: ${shown(eventID)}. Runbook: '${entry}' in docs/OPERATIONS.md.`,
  ].join('');
}

function who({ userIdentity = {}, sourceIPAddress }: CallRecord): string {
  const { arn, type, accountId, principalId, invokedBy } = userIdentity;
  const name =
    shown(arn) || [type, accountId, principalId].map(shown).filter(Boolean).join(' ') || 'an unknown principal';
  const through = shown(invokedBy);
  const from = shown(sourceIPAddress);
  return [name, ...(through ? [`through ${through}`] : []), ...(from && from !== through ? [`from ${from}`] : [])].join(
    ' ',
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
