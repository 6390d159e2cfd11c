import { parseArn } from '../../boundary/arn-parts';
import { Reference } from '../../guard/template/node';
import { readable } from '../../guard/template/placeholder';
import { isOn, knownText } from '../../guard/template/resource';
import type { Placed } from '../../report/access/assembly';
import { constructPath } from '../../report/construct-path';
import { ENFORCED } from '../../report/inventory-line';
import { type EvidenceContext, pointerTo } from './context';
import type { AlarmRow } from './evidence';
import { idOf, rowOf, type Verdict } from './row';

/** The alarms, each with the recipients that it notifies. */
export const alarmRows = (context: EvidenceContext): AlarmRow[] =>
  context.assembly.resources
    .filter(({ resource }) => /^AWS::CloudWatch::(?:Composite)?Alarm$/.test(resource.type))
    .map((placed) => {
      const { stack, region, resource } = placed;
      const name = constructPath(resource);
      const notifies = [...new Set(actionsOf(placed).flatMap((action) => recipientsOf(action, placed, context)))];
      return {
        ...rowOf(idOf('alarm', stack, name), verdictOf(placed, notifies), pointerTo(placed, context), context),
        name,
        region,
        meaning: meaningOf(placed),
        notifies,
      };
    });

const actionsOf = ({ resource }: Placed) => resource.select('AlarmActions', '*').map(({ value }) => value);

const textOf = ({ resource }: Placed, property: string): string =>
  resource.select(property).flatMap(({ value }) => knownText(value) ?? [])[0] ?? '';

/** The description, with `…` for the names that are known only at deployment. */
const meaningOf = ({ resource }: Placed): string =>
  resource.select('AlarmDescription').flatMap(({ value }) => (typeof value === 'string' ? readable(value) : []))[0] ??
  '';

function verdictOf({ resource }: Placed, notifies: readonly string[]): Verdict {
  const criterion = 'alarm.notifies';
  const isOff = resource.select('ActionsEnabled').some(({ value }) => !isOn(value));
  if (notifies.length > 0 && !isOff) {
    return { criterion, status: 'ok', reason: `It notifies ${notifies.join(', ')}.`, basis: ENFORCED };
  }
  return {
    criterion,
    status: 'attention',
    reason: isOff ? 'Its actions are switched off.' : 'It has no recipient.',
    remedy: 'Add an action that notifies the people who have to act.',
    basis: ENFORCED,
  };
}

/** Whether a text is an ARN or an address. */
const isRecipient = (text: string): boolean => parseArn(text) !== undefined || /^[^@\s]+@[^@\s]+$/.test(text);

/** Those who receive an alarm: the subscribers of its topic, or the action itself. */
function recipientsOf(action: unknown, { stack }: Placed, { assembly }: EvidenceContext): string[] {
  if (typeof action === 'string') return isRecipient(action) ? [action] : [];
  if (!(action instanceof Reference)) return ['an action named at deployment'];
  const topic = assembly.find(action, stack);
  if (topic === undefined) return [action.logicalId];
  const subscribers = assembly
    .ofType('AWS::SNS::Subscription')
    .filter((one) =>
      one.resource
        .select('TopicArn')
        .some(({ value }) => value instanceof Reference && assembly.find(value, one.stack) === topic),
    )
    .map((one) => textOf(one, 'Endpoint') || 'an address named at deployment');
  return subscribers.length === 0 ? [] : subscribers;
}
