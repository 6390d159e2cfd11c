import { statusKey } from '../../workspace/store/user-status';
import { type Condition, updateRow, type Write } from '../../workspace/store/writes';
import type { Job } from '../jobs/job';

const NAMES = { '#erasing': 'erasing', '#holds': 'holds', '#pending': 'pending' };

const FREE = 'attribute_not_exists(#erasing) AND (attribute_not_exists(#holds) OR #holds = :none)';

const marks = (user: string, id: string, expression: string, condition: string): Write =>
  updateRow(statusKey(user), expression, {
    ConditionExpression: condition,
    ExpressionAttributeNames: namesIn(`${expression} ${condition}`),
    ExpressionAttributeValues: { ':job': { S: id }, ...(condition.includes(':none') && { ':none': { N: '0' } }) },
  });

/** DynamoDB refuses a name that no expression has. */
const namesIn = (text: string): Condition['ExpressionAttributeNames'] =>
  Object.fromEntries(Object.entries(NAMES).filter(([name]) => text.includes(name)));

/** How a job changes when an erasure begins. */
export const STARTED = { state: 'erasing', step: 'canary', notBefore: undefined } as const;

/** Marks a user as being erased, unless they are already, have a hold, or another erasure waits. */
export const marked = (user: string, { id }: Job): Write =>
  marks(user, id, 'SET #erasing = :job', `${FREE} AND attribute_not_exists(#pending)`);

/** Names the erasure that waits, unless the user is being erased, has a hold, or another erasure waits. */
export const announced = (user: string, { id }: Job): Write =>
  marks(user, id, 'SET #pending = :job', `${FREE} AND attribute_not_exists(#pending)`);

/** Marks a user as being erased by the erasure that waited, unless they have a hold. */
export const started = ({ user, id }: Job): Write =>
  marks(user, id, 'SET #erasing = :job REMOVE #pending', `${FREE} AND #pending = :job`);

/** Removes the name of an erasure that waited. */
export const unannounced = ({ user, id }: Job): Write => marks(user, id, 'REMOVE #pending', '#pending = :job');
