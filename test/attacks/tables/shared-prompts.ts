import type { AttackTable, Scenario } from '../attack';
import { form } from '../forms';
import type { Seen, Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';
import { SECRET } from '../words';

const model = 'assistant';
const GROUP = 'course-7';
/** Of the people who are in the group, and of those who aren't. */
const IN = [GROUP];
const OUT: readonly (readonly string[])[] = [
  [],
  ['course-8'],
  ['course'],
  ['COURSE-7'],
  ['course-7 '],
  ['course-7,member'],
];

/** A credential with groups beyond that of the role `member`. */
function credential({ forge }: Target, id: string, groups: readonly string[], claims: object = {}): string {
  const { groupsClaim, groups: ofRoles } = forge.policy;
  return `Bearer ${tokenOf(forge, id, ['member'], Date.now(), { [groupsClaim]: [ofRoles.member[0], ...groups], ...claims })}`;
}

interface Sharing {
  readonly prompt: string;
  readonly share: string;
  readonly file: string;
}

/** A prompt with a file, which the attacked member shares with the group. */
async function shared(target: Target): Promise<Sharing> {
  const by = credential(target, 'member', IN);
  const idOf = async (sent: Sent) => {
    const { status, body } = await target.send({ ...sent, method: 'POST', by });
    if (status !== 200) throw new Error(`${target.name}: ${sent.path} answered ${status}: ${body.slice(0, 300)}`);
    return `${JSON.parse(body).id}`;
  };
  const [content, ...headers] = form({ purpose: 'user_data' }, 'file', `${SECRET} in a shared file`, 'shared.txt');
  const file = await idOf({ path: '/v1/files', body: content, headers });
  const prompt = await idOf({ path: '/v1/prompts', body: { instructions: `${SECRET} shared`, model, files: [file] } });
  const share = await idOf({ path: `/v1/prompts/${prompt}/shares`, body: { group: GROUP } });
  return { prompt, share, file };
}

const using = (id: string): Sent => ({
  method: 'POST',
  path: '/v1/responses',
  body: { model, input: 'repeat it', prompt: { id } },
});
const listing: Sent = { path: `/v1/shared_prompts?group=${GROUP}` };

/** What of a refusal isn't one. */
const wrong = (what: string, { status, body }: Seen): string[] => [
  ...(status < 400 ? [`${what} answered ${status}`] : []),
  ...(body.includes(SECRET) ? [`${what} showed the content`] : []),
];

const row = (name: string, attack: (sharing: Sharing, target: Target) => Promise<readonly string[]>): Scenario => ({
  name,
  run: async (_, target) => attack(await shared(target), target),
});

const outsiders = row('used and listed by people whose token has another group', async ({ share }, target) => {
  const found: string[] = [];
  for (const groups of OUT) {
    const by = credential(target, 'otherMember', groups);
    found.push(...wrong(`using it in ${groups}`, await target.send({ ...using(share), by })));
    found.push(...wrong(`listing in ${groups}`, await target.send({ ...listing, by })));
  }
  return found;
});

const guessed = row('used with guessed IDs in the group', async ({ prompt, share, file }, target) => {
  const by = credential(target, 'otherMember', IN);
  const zeros = `${share.slice(0, -32)}${'0'.repeat(32)}`;
  const found: string[] = [];
  for (const id of [prompt, file, zeros, share.toUpperCase(), `${share}0`, share.slice(0, 39), `${share}#`]) {
    found.push(...wrong(`using ${id}`, await target.send({ ...using(id), by })));
  }
  for (const path of [
    `/v1/files/${file}`,
    `/v1/files/${file}/content`,
    `/v1/prompts/${prompt}`,
    `/v1/prompts/${share}`,
  ]) {
    found.push(...wrong(path, await target.send({ path, by })));
  }
  return found;
});

const changed = row(
  'ended, replaced and shared by another member of the group',
  async ({ prompt, share, file }, target) => {
    const by = credential(target, 'otherMember', IN);
    const sent: readonly Sent[] = [
      { method: 'DELETE', path: `/v1/prompts/${prompt}/shares/${share}` },
      { path: `/v1/prompts/${prompt}/shares`, method: 'POST', body: { group: GROUP } },
      { path: '/v1/prompts', method: 'POST', body: { instructions: 'x', files: [file] } },
    ];
    const found: string[] = [];
    for (const one of sent) found.push(...wrong(`${one.method} ${one.path}`, await target.send({ ...one, by })));
    const { status } = await target.send({ ...using(share), by });
    return status === 200 ? found : [...found, `the group can't use it any more: ${status}`];
  },
);

const removed = row('used by a member who left the group, and after it ended', async ({ prompt, share }, target) => {
  const by = credential(target, 'otherMember', IN);
  const left = await target.send({ ...using(share), by: credential(target, 'otherMember', []) });
  const owner = credential(target, 'member', IN);
  await target.send({ method: 'DELETE', path: `/v1/prompts/${prompt}/shares/${share}`, by: owner });
  return [
    ...wrong('using it after leaving', left),
    ...wrong('using it after its end', await target.send({ ...using(share), by })),
  ];
});

const elsewhere = row('used with the token of another workspace, and by a project', async ({ share }, target) => {
  const by = credential(target, 'otherMember', IN, { aud: 'office' });
  const project = await target.send({ ...using(share), as: 'project' });
  return [...wrong('the other workspace', await target.send({ ...using(share), by })), ...wrong('a project', project)];
});

const impersonated = row('read by a token whose user is the group', async ({ share }, target) => {
  const by = credential(target, `group-${share.slice(7, 39)}`, IN);
  return wrong('the group as a user', await target.send({ path: '/v1/prompts', by }));
});

/** Without it, the other rows would pass where nothing can be shared. */
const control = row('control: a member of the group uses and lists it', async ({ share }, target) => {
  const by = credential(target, 'otherMember', IN);
  const used = await target.send({ ...using(share), by });
  const listed = await target.send({ ...listing, by });
  const found = used.status === 200 && listed.body.includes(share);
  return found ? [] : [`it couldn't be used: ${used.status}, ${listed.status}`];
});

/** Prompts that a member shares with a group, attacked by people who aren't in it and by those who are. */
export const SHARED_PROMPTS: AttackTable = {
  title: 'prompts shared with a group',
  attacks: [outsiders, guessed, changed, removed, elsewhere, impersonated, control],
};
