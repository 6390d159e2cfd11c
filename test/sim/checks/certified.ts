import { createHash } from 'node:crypto';
import { KEY_BACKUP_MS } from '@/lib/runtime/rights/steps/windows';
import type { JobView } from '../model/jobs';
import type { ModelMember } from '../model/member';
import { Process } from '../stores/process';
import { require, Violation } from '../violation';
import type { World } from '../world';
import { certificate, hasKey, leftOf } from './rows';

const PROMISE = 'certified means gone';

/** Checks a certified erasure: nothing is left, also not in backups, and the certificate says so. */
export function requireCertified(world: World, member: ModelMember, { id, figures, canary }: JobView): void {
  const { stores } = world.deployment;
  const earliest = member.keySeenAt + KEY_BACKUP_MS;
  require(Date.now() >=
    earliest, PROMISE, `${id} not certified before ${new Date(earliest).toISOString()}`, 'the certificate');
  const left = leftOf(stores, member.id);
  require(left === undefined, PROMISE, `nothing left of the user of ${id}`, `${left}`);
  const text = certificate(stores, id);
  require(text !== undefined, PROMISE, `one certificate of ${id}`, 'none, or several');
  const digest = createHash('sha256').update(text).digest('hex');
  require(digest ===
    figures.certificateSha256, PROMISE, 'the digest of the certificate', `${figures.certificateSha256}`);
  if (canary !== undefined) member.copies.push(canary);
}

/** Checks that no process decrypts what was erased: neither a new one, nor one that served the user. */
export async function requireUnreadable(world: World, member: ModelMember): Promise<void> {
  const { deployment, options, random } = world;
  const copy = random.pick(member.copies);
  if (copy === undefined) return;
  const calm = { fate: () => 'served' as const, latency: () => 1 };
  const attempts = [
    {
      name: 'a new process',
      decrypt: () => deployment.keyringOf(new Process('check', calm, options.time)).decrypt(member.id, copy),
    },
    ...deployment.withKeys.map((one) => ({
      name: one.name,
      decrypt: () => one.invoke(({ keyring }) => keyring.decrypt(member.id, copy)),
    })),
  ];
  for (const { name, decrypt } of attempts) {
    // A store that doesn't answer shows nothing, and a later check repeats this one.
    const isRead = await decrypt().then(
      () => true,
      () => false,
    );
    if (isRead)
      throw new Violation(
        'erased content never decrypts again',
        `a copy of ${member.id} not to decrypt`,
        `its text in ${name}`,
      );
  }
}

/** Checks that no key of a user came back after a certificate. */
export function requireNoKey(world: World, member: ModelMember): void {
  require(!hasKey(world.deployment.stores, member.id), PROMISE, `no key of ${member.id}`, 'one');
}
