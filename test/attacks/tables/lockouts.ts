import type { AttackTable, Scenario } from '../attack';
import type { Seen, Sent, Target } from '../target';

const messages = [{ role: 'user', content: 'hi' }];
const model = 'assistant';

/** What a member repeats until they are refused. */
const FLOODS: Readonly<Record<string, Omit<Sent, 'as'>>> = {
  models: { path: '/v1/models' },
  conversations: { path: '/v1/conversations' },
  chats: { method: 'POST', path: '/v1/chat/completions', body: { model, messages } },
  'unknown paths': { path: '/v1/nothing' },
  'invalid requests': { method: 'POST', path: '/v1/responses', body: '{' },
};

/** More than a member may send in a minute, and fewer than all members together. */
const REQUESTS = 40;

async function flooded(target: Target, sent: Omit<Sent, 'as'>): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let nth = 0; nth < REQUESTS; nth++) seen.push(await target.send({ ...sent, as: 'otherMember' }));
  return seen;
}

const scenarios: Scenario[] = Object.entries(FLOODS).map(([name, sent]) => ({
  name: `a member who floods with ${name}`,
  run: async (_, target) => {
    let refused = 0;
    // A minute that ends within the first flood divides it in two, neither of which need reach the limit.
    for (let floods = 0; floods < 2 && refused === 0; floods++) {
      await target.advance(61_000);
      refused = (await flooded(target, sent)).filter(({ status }) => status === 429).length;
    }
    const { status } = await target.send({ as: 'member', path: '/v1/models' });
    return [
      ...(refused === 0 ? ['nothing limited the member'] : []),
      ...(status === 200 ? [] : [`another member was refused: ${status}`]),
    ];
  },
}));

const storing: Scenario = {
  name: 'a member who stores without end',
  run: async (_, target) => {
    const body = { items: [{ role: 'user', content: 'x'.repeat(60_000) }] };
    const statuses: number[] = [];
    for (let nth = 0; nth < 6; nth++) {
      await target.advance(61_000);
      statuses.push((await target.send({ method: 'POST', path: '/v1/conversations', body })).status);
    }
    const other = await target.send({
      as: 'member',
      method: 'POST',
      path: '/v1/conversations',
      body: { metadata: { a: 'b' } },
    });
    return [
      ...(statuses.includes(429) ? [] : [`nothing limited what the member stores: ${statuses}`]),
      ...(other.status === 200 ? [] : [`another member was refused: ${other.status}`]),
    ];
  },
};

/** With limits per member, one member locks out no other. */
export const LOCKOUTS: AttackTable = {
  title: 'one member who locks out the others',
  isAlone: true,
  limits: { requestsPerMemberPerMinute: 30, requestsPerMinute: 100, storedBytesPerMemberPerDay: 200_000 },
  attacks: [...scenarios, storing],
};
