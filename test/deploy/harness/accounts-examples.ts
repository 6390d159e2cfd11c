import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT } from './emulator';
import { ROOT, WORK } from './folders';

/** The account of the platform team in the emulator, which is also the one of the example. */
export const PLATFORM = '444455556666';

/** The account of the tenant in the examples. In the emulator, the tenant has the account of every other run. */
const TENANT = '111122223333';

/** The topic that the tenant's example names. */
const TOPIC = /arn:aws:sns:eu-central-1:444455556666:[\w-]+/;

/** A copy of the platform team's example that names the emulator's tenant. @returns its app */
export function platformExample(): string {
  return copy('accounts-platform', 'app.ts', (text) => replaced(text, TENANT, ACCOUNT));
}

/** A copy of the tenant's example, with the topic that the platform team noted. @returns its app */
export function tenantExample(topic: string): string {
  copy('accounts-tenant', 'residency.yaml', (text) => replaced(replaced(text, TENANT, ACCOUNT), TOPIC, topic));
  return path.join(WORK, 'accounts-tenant/app.ts');
}

function copy(name: string, file: string, change: (text: string) => string): string {
  const target = path.join(WORK, name);
  cpSync(path.join(ROOT, 'examples', name), target, { recursive: true });
  const changed = path.join(target, file);
  writeFileSync(changed, change(readFileSync(changed, 'utf8')));
  return changed;
}

function replaced(text: string, former: string | RegExp, now: string): string {
  const changed = text.replace(former, now);
  if (changed === text) throw new Error(`the example no longer has ${former}`);
  return changed;
}
