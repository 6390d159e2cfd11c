import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { statusKey } from '@/lib/runtime/workspace/store/user-status';
import type { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';
import { type Observed, type ObservedUser, USERS } from './observed';
import type { World } from './world';

/** What the stores say of each that the model has. */
export async function storedIn(world: World): Promise<Observed> {
  const { local, ids } = world;
  const [rows, keys] = [await local.backup('sciences'), await local.backup('sciences-keys')];
  const jobs = await world.rights().list();
  const holds = (await world.rights().holds({ limit: 1_000 })).holds.filter(
    ({ releasedAt }) => releasedAt === undefined,
  );
  const nth = (id: string | undefined): number => (id === undefined ? -1 : ids.indexOf(id));
  const users: [string, ObservedUser][] = [];
  for (const user of USERS) {
    const status = rows.find(({ pk, sk }) => pk?.S === statusKey(user).pk && sk?.S === statusKey(user).sk);
    users.push([
      user,
      {
        content: world.conversationsOf(user).map((id) => stateOf(rows, user, id, local.time)),
        key: await world.keys.current(user, keys),
        mark: keys.some((row) => isOf(row, user) && row.type?.S === 'erased'),
        erasing: nth(status?.erasing?.S),
        pending: nth(status?.pending?.S),
        holds: holds.filter((hold) => hold.user === user).length,
      },
    ]);
  }
  return {
    jobs: ids.map((id) => observed(jobs.find((job) => job.id === id) as Job, world)),
    users: Object.fromEntries(users),
    readers: await readers(world, jobs),
    files: numbers((await versions(local, 'sciences-files', 'exports/')).map((key) => nth(key.split('/')[2]))),
    certificates: numbers(
      (await versions(local, 'evidence', '')).map((key) => nth(/([^/]+?)(?:-key)?\.json$/.exec(key)?.[1])),
    ),
  };
}

const isOf = (row: Row, user: string): boolean => row['branch-key-id']?.S === `sciences/${user}`;

const numbers = (found: readonly number[]): number[] => [...new Set(found)].sort((a, b) => a - b);

function observed(
  { kind, user, by, step, state, notBefore, figures }: Job,
  { ticks }: World,
): Observed['jobs'][number] {
  const { recipient = '', releaseFrom, releasedBy, confirmedBy } = figures;
  return {
    kind,
    user,
    by,
    step,
    state,
    notBefore: ticks(notBefore),
    recipient: `${recipient}`,
    releaseFrom: ticks(releaseFrom),
    releasedBy: person(releasedBy),
    confirmedBy: person(confirmedBy),
  };
}

const person = (id: string | number | undefined): string => (id === 'operator:iam' ? 'operator' : `${id ?? ''}`);

function stateOf(rows: readonly Row[], user: string, id: string, time: number): string {
  const row = rows.find(({ pk, sk }) => pk?.S === `user#${user}` && sk?.S === `conversation#${id}`);
  if (row === undefined) return 'gone';
  if (row.expiresAt?.N === undefined) return 'kept';
  return Number(row.expiresAt.N) * 1_000 <= time ? 'gone' : 'expiring';
}

async function versions(local: LocalContent, Bucket: string, Prefix: string): Promise<string[]> {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  return Versions.map(({ Key = '' }) => Key);
}

/** Opens every export as every user. */
async function readers(world: World, jobs: readonly Job[]): Promise<string[]> {
  const { ids } = world;
  const gateway = world.newGateway();
  const found: string[] = [];
  for (const { id } of jobs.filter(({ kind }) => kind === 'export')) {
    for (const user of USERS) {
      const response = await world.ask(user, 'GET', `/v1/exports/${id}`, undefined, gateway);
      const isRead =
        response.ok &&
        (await response.arrayBuffer().then(
          () => true,
          () => false,
        ));
      if (isRead) found.push(`${user} ${ids.indexOf(id)}`);
    }
  }
  return found.sort();
}
