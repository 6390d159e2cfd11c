import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { LocalDynamoDb } from '@/lib/local/aws/dynamodb/local-dynamodb';
import { LocalS3 } from '@/lib/local/aws/s3/local-s3';
import type { LocalRequest, LocalService } from '@/lib/local/aws/shared/request-handler';
import { LocalIssuer } from '@/lib/local/local-issuer';
import { LocalKeys } from '@/lib/local/local-keys';
import { LocalRights } from '@/lib/local/local-rights';
import { Store } from '@/lib/local/store';
import type { SigningCredentials } from '@/lib/runtime/aws/signature';
import { marksIn } from '../../runtime/canary/marks';
import { watchContacts } from '../../runtime/gateway/support/contacts';
import { peakOfMemory } from '../../support/peak-of-memory.mjs';
import { serveTenants } from '../../support/served-config';
import type { ScimTokens } from '../target';
import { movableClock } from './clock';
import { StoreJournal } from './store-journal';

/** What the process of `serve` says when it listens. */
export interface ServeReady {
  readonly port: number;
  readonly paths: {
    readonly sciences: string;
    readonly office: string;
    readonly campus: string;
    readonly projects: string;
  };
  readonly scimTokens: ScimTokens;
  /** The credentials that sign the requests of an operator. */
  readonly operator: SigningCredentials;
  readonly keys: Readonly<Record<string, string>>;
  readonly issuerKey: string;
}

/** What the parent asks of it. */
export type ServeQuestion =
  | { readonly ask: 'begin' | 'end' | 'resume' | 'disclosed' }
  | { readonly ask: 'clock'; readonly ms: number }
  | { readonly ask: 'store'; readonly store: 'dynamodb' | 's3'; readonly request: LocalRequest };

/** Users sign in elsewhere, and an identity system sends them. */
const IDENTITY =
  "{ oidc: { issuer: 'https://login.example.eu', clientId: chat, clientSecretName: chat/secret }, groups: { member: [chat-users], admin: [chat-admins], auditor: [chat-auditors] } }";

/** @param limits those of the workspace `sciences`, as JSON */
const tenantsWith = (limits: string): string => `places: [{ host: login.example.eu, country: DE, reason: ours }]
workspaces:
  - id: sciences
    edition: edu
    retention: 365d
    models: [assistant, vectors]
    limits: ${limits}
    keys: {}
    background: {}
  - { id: office, edition: edu, retention: 365d, models: [assistant], keys: {}, rights: { erasureOfOthers: second-person } }
  - { id: campus, edition: edu, retention: 365d, models: [assistant], keys: {}, scim: {}, identity: ${IDENTITY} }
  - { id: institute, edition: edu, retention: 365d, models: [assistant], scim: {}, identity: ${IDENTITY} }
projects:
  declared:
    - { id: batch, models: [assistant, vectors] }
    - { id: other, models: [assistant] }
  open: { models: [assistant], limits: { tokensPerDay: 1000000 }, maximum: 3 }
`;

/** What background work disclosed since the last question about it. */
const disclosed: string[] = [];
const journal = new StoreJournal((found) => void disclosed.push(...found));
const stores = new Map<string, LocalService>();

/** Notes each call to a local store, whatever client it comes from. */
function watch(name: 'dynamodb' | 's3', of: { prototype: LocalService }): void {
  const { answer } = of.prototype;
  of.prototype.answer = async function (this: LocalService, request) {
    stores.set(name, { answer: (other) => Reflect.apply(answer, this, [other]) });
    return journal.noted(name, request, await Reflect.apply(answer, this, [request]));
  };
}

/** The rights of the workspaces, in which jobs wait. */
const rights: LocalRights[] = [];

/** Notes the rights of each workspace that `serve` starts. */
function watchRights(): void {
  const { start } = LocalRights.prototype;
  LocalRights.prototype.start = function (this: LocalRights) {
    if (!rights.includes(this)) rights.push(this);
    return Reflect.apply(start, this, []);
  };
}

/** The private key with which `serve` will sign tokens. */
function issuerKeyIn(data: string): string {
  const store = Store.open(data);
  const keys = new LocalKeys(store);
  new LocalIssuer(keys);
  const key = keys.issuerKey(() => '');
  store.close();
  return key;
}

async function main(): Promise<void> {
  const [, , data = '', limits = '{}'] = process.argv;
  const setClock = movableClock();
  watch('dynamodb', LocalDynamoDb);
  watch('s3', LocalS3);
  watchRights();
  const lines: string[] = [];
  const record = (...records: readonly unknown[]) => {
    const line = JSON.stringify(records);
    lines.push(line);
    disclosed.push(...marksIn(line).map((found) => `a record has ${found}`));
  };
  const issuerKey = issuerKeyIn(data);
  const served = await serveTenants(tenantsWith(limits), data, record);
  const { contacts } = watchContacts();
  let before = process.cpuUsage();

  async function answerTo(question: ServeQuestion): Promise<unknown> {
    switch (question.ask) {
      case 'disclosed':
        disclosed.push(...contacts.map((contact) => `it contacted ${contact}`));
        return { found: disclosed.splice(0) };
      case 'begin':
        lines.length = contacts.length = 0;
        journal.take();
        before = process.cpuUsage();
        return {};
      case 'clock':
        setClock(question.ms);
        return {};
      case 'resume':
        for (const workspace of rights) await workspace.start();
        return {};
      case 'store': {
        const { body, ...response } = await (stores.get(question.store) as LocalService).answer(question.request);
        return { ...response, body: body instanceof Readable ? await buffer(body) : Buffer.from(body) };
      }
      case 'end': {
        const { user, system } = process.cpuUsage(before);
        const bytes = peakOfMemory();
        const [written, contacted] = [[...lines], [...contacts]];
        return { ms: (user + system) / 1_000, bytes, lines: written, writes: journal.take(), contacts: contacted };
      }
    }
  }

  process.on('message', (question: ServeQuestion) => void answerTo(question).then((answer) => process.send?.(answer)));
  process.once('disconnect', () => process.exit(0));
  const pathOf = (url = '') => new URL(url).pathname.replace(/\/v1$/, '');
  const urlOf = (id: string) => served.workspaces.find((workspace) => workspace.id === id)?.url;
  const scimTokenOf = (id: string) => served.workspaces.find((workspace) => workspace.id === id)?.scimToken ?? '';
  process.send?.({
    port: Number(new URL(served.projects[0]?.url ?? '').port),
    paths: {
      sciences: pathOf(urlOf('sciences')),
      office: pathOf(urlOf('office')),
      campus: pathOf(urlOf('campus')),
      projects: pathOf(served.projects[0]?.url),
    },
    keys: Object.fromEntries(served.projects.map(({ id, key }) => [id, key])),
    issuerKey,
    scimTokens: { own: scimTokenOf('campus'), foreign: scimTokenOf('institute') },
    operator: served.openProjects as SigningCredentials,
  } satisfies ServeReady);
}

void main();
