import { PROVIDER_NAME } from '@/lib/contract/identity-provider';
import type { AttackTable, Scenario } from '../attack';
import type { Seen, Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';
import { SECRET } from '../words';

const model = 'assistant';
const URN = 'urn:ietf:params:scim:schemas:core:2.0';
const SCIM = '/scim/v2';

/** Longer than a process caches a decision. */
const DECIDED_AGAIN_MS = 61_000;

/** The group of SCIM that gives the role `member` in `campus`. */
const ROLE_GROUP = { serve: 'chat-users', bundles: 'sciences-member' } as const;

/** The workspace `campus`, as its identity system and its members use it. */
class Campus {
  constructor(
    private readonly target: Target,
    /** Tells the people and the group of a row from those of the others. */
    public readonly row: string,
  ) {}

  public get group(): string {
    return `course-${this.row}`;
  }

  /** Sends a person, who gets the role of a member; their ID in SCIM. */
  public async person(name: string): Promise<string> {
    const id = `${name}-${this.row}`;
    const user = await this.made('/Users', { schemas: [`${URN}:User`], userName: id, externalId: id });
    await this.patch(await this.roleGroup(), { op: 'add', path: 'members', value: [{ value: user }] });
    return user;
  }

  public groupOf(displayName: string, ...users: string[]): Promise<string> {
    return this.made('/Groups', { schemas: [`${URN}:Group`], displayName, members: users.map((value) => ({ value })) });
  }

  public async patch(group: string, ...Operations: object[]): Promise<void> {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    await this.scim('PATCH', `/Groups/${group}`, { schemas, Operations });
  }

  public async scim(method: string, path: string, body?: object): Promise<Seen> {
    const seen = await this.target.send({ as: 'scim', method, path: SCIM + path, body });
    if (seen.status > 299) throw new Error(`${method} ${path} answered ${seen.status}: ${seen.body.slice(0, 300)}`);
    return seen;
  }

  /** A person's token, which may claim groups. */
  public token(name: string, groups: readonly string[] = []): string {
    const { forge, name: where } = this.target;
    const id = `${name}-${this.row}`;
    const { groupsClaim, groups: ofRoles } = forge.policy;
    return `Bearer ${tokenOf(forge, id, ['member'], Date.now(), {
      [groupsClaim]: [ofRoles.member[0], ...groups],
      'cognito:username': `${PROVIDER_NAME}_${id}`,
      // The rows move the clock.
      exp: Math.floor(Date.now() / 1_000) + 86_400,
      ...(where === 'serve' && { aud: 'campus' }),
    })}`;
  }

  public send(by: string, sent: Omit<Sent, 'by' | 'to'>): Promise<Seen> {
    return this.target.send({ ...sent, by, to: 'campus' });
  }

  public async made(path: string, body: object, by?: string): Promise<string> {
    const { status, body: answer } = await (by === undefined
      ? this.scim('POST', path, body)
      : this.send(by, { method: 'POST', path, body }));
    if (status > 299) throw new Error(`${path} answered ${status}: ${answer.slice(0, 300)}`);
    return `${JSON.parse(answer).id}`;
  }

  /** A prompt that its owner, who must be in the group, shares with it; the ID of the share. */
  public async shared(owner: string): Promise<string> {
    const by = this.token(owner);
    const prompt = await this.made('/v1/prompts', { instructions: `${SECRET} shared`, model }, by);
    return this.made(`/v1/prompts/${prompt}/shares`, { group: this.group }, by);
  }

  public use(by: string, share: string, tree = ''): Promise<Seen> {
    const body = { model, input: 'repeat it', prompt: { id: share } };
    return this.send(by, { method: 'POST', path: `${tree}/v1/responses`, body });
  }

  public list(by: string, tree = ''): Promise<Seen> {
    return this.send(by, { path: `${tree}/v1/shared_prompts?group=${this.group}` });
  }

  /** What of it a person can use or see. */
  public async open(who: string, by: string, share: string, tree = ''): Promise<string[]> {
    const seen = { used: await this.use(by, share, tree), listed: await this.list(by, tree) };
    return Object.entries(seen).flatMap(([what, { status, body }]) => [
      ...(status < 400 ? [`${who}: it was ${what} with ${status}`] : []),
      ...(body.includes(SECRET) ? [`${who}: the content was shown`] : []),
    ]);
  }

  /** Without it, a row would pass where nothing can be shared. */
  public async control(who: string, by: string, share: string, tree = ''): Promise<string[]> {
    const [used, listed] = [await this.use(by, share, tree), await this.list(by, tree)];
    const isOpen = used.status === 200 && listed.status === 200 && listed.body.includes(share);
    return isOpen ? [] : [`${who} can't use it: ${used.status} ${used.body.slice(0, 200)}, ${listed.status}`];
  }

  public decidedAgain(): Promise<void> {
    return this.target.advance(DECIDED_AGAIN_MS);
  }

  private async roleGroup(): Promise<string> {
    const name = ROLE_GROUP[this.target.name];
    const filter = encodeURIComponent(`displayName eq "${name}"`);
    const { body } = await this.scim('GET', `/Groups?filter=${filter}`);
    const [found] = JSON.parse(body).Resources;
    return found?.id ?? this.groupOf(name);
  }
}

const row = (row: string, name: string, attack: (campus: Campus) => Promise<readonly string[]>): Scenario => ({
  name,
  run: (_, target) => attack(new Campus(target, row)),
});

const claimed = row('claimed', 'a token that claims the group, of a person outside of it by SCIM', async (campus) => {
  const owner = await campus.person('owner');
  await campus.person('eve');
  await campus.groupOf(campus.group, owner);
  const share = await campus.shared('owner');
  const eve = campus.token('eve', [campus.group]);
  const prompt = await campus.made('/v1/prompts', { instructions: 'mine', model }, eve);
  const body = { group: campus.group };
  const { status } = await campus.send(eve, { method: 'POST', path: `/v1/prompts/${prompt}/shares`, body });
  return [
    ...(await campus.open('the claimant', eve, share)),
    ...(status < 400 ? [`the claimant shared with the group: ${status}`] : []),
    ...(await campus.control('a member whose token claims nothing', campus.token('owner'), share)),
  ];
});

const keyed = row(
  'keyed',
  'an API key of a member who is removed from the group by SCIM, then deleted',
  async (campus) => {
    const [owner, bob] = [await campus.person('owner'), await campus.person('bob')];
    const group = await campus.groupOf(campus.group, owner, bob);
    const share = await campus.shared('owner');
    const sent: Omit<Sent, 'by' | 'to'> = { method: 'POST', path: '/v1/keys', body: { name: 'notebook' } };
    const key = `Bearer ${JSON.parse((await campus.send(campus.token('bob'), sent)).body).key}`;
    const before = await campus.control('the key of a member of the group', key, share, '/key');
    await campus.patch(group, { op: 'remove', path: `members[value eq "${bob}"]` });
    await campus.decidedAgain();
    const removed = await campus.open('the key of a removed member', key, share, '/key');
    const { status: models } = await campus.send(key, { path: '/key/v1/models' });
    await campus.scim('DELETE', `/Users/${bob}`);
    await campus.decidedAgain();
    const { status } = await campus.send(key, { path: '/key/v1/models' });
    return [
      ...before,
      ...removed,
      ...(models === 200 ? [] : [`the key of a member of the workspace was refused: ${models}`]),
      ...(status < 400 ? [`the key of a deleted user lists models: ${status}`] : []),
      ...(await campus.open('the key of a deleted user', key, share, '/key')),
    ];
  },
);

const otherCase = row('case', 'a group whose name differs in case only', async (campus) => {
  const [owner, eve] = [await campus.person('owner'), await campus.person('eve')];
  const group = await campus.groupOf(campus.group, owner);
  const share = await campus.shared('owner');
  const displayName = campus.group.toUpperCase();
  const second = { schemas: [`${URN}:Group`], displayName, members: [{ value: eve }] };
  const { status } = await campus.scim('POST', '/Groups', second).catch(() => ({ status: 409 }));
  await campus.patch(group, { op: 'replace', path: 'displayName', value: displayName });
  await campus.patch(group, { op: 'add', path: 'members', value: [{ value: eve }] });
  await campus.decidedAgain();
  const found = [
    ...(await campus.open('a member of the other group', campus.token('eve', [campus.group]), share)),
    ...(await campus.open('a member of the renamed group', campus.token('owner'), share)),
  ];
  await campus.patch(group, { op: 'replace', path: 'displayName', value: campus.group });
  await campus.decidedAgain();
  return [
    ...(status < 400 ? [`a second group of that name was created: ${status}`] : []),
    ...found,
    ...(await campus.control('a member of the group with its name again', campus.token('owner'), share)),
  ];
});

const again = row('again', 'a deleted group that is created again with other members', async (campus) => {
  const [owner, bob, ada] = [await campus.person('owner'), await campus.person('bob'), await campus.person('ada')];
  const group = await campus.groupOf(campus.group, owner, bob);
  const share = await campus.shared('owner');
  const before = await campus.control('a member', campus.token('bob'), share);
  await campus.scim('DELETE', `/Groups/${group}`);
  await campus.decidedAgain();
  const deleted = await campus.open('a member of the deleted group', campus.token('bob'), share);
  await campus.groupOf(campus.group, ada);
  await campus.decidedAgain();
  return [
    ...before,
    ...deleted,
    ...(await campus.open('a member of the deleted group alone', campus.token('bob', [campus.group]), share)),
    // A share belongs to the name of its group.
    ...(await campus.control('a member of the new group', campus.token('ada'), share)),
  ];
});

/** Prompts shared with a group of a workspace where SCIM decides who is in it, attacked by people who are in it no more, or by their token only. */
export const SHARED_BY_SCIM: AttackTable = {
  title: 'prompts shared with a group of SCIM',
  attacks: [claimed, keyed, otherCase, again],
  isAlone: true,
};
