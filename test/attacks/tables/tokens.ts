import { generateKeyPairSync } from 'node:crypto';
import { tokenAttacks } from '../../runtime/workspace/identity/support/admin-attacks';
import { ATTACKS, type Attack } from '../../runtime/workspace/identity/support/attacks';
import { Forge } from '../../runtime/workspace/identity/support/forge';
import type { AttackTable } from '../attack';
import type { Sent } from '../target';

const row = (name: string, make: (forge: Forge) => Attack) => ({
  name,
  request: (_: unknown, { forge }: { forge: Forge }): Sent => {
    const { method, path = '/v1/models', headers, body, context } = make(forge);
    return { by: '', method, path, headers, body: body as Sent['body'], context };
  },
});

/** Signs as no deployment does: it only shows which attacks need no role. */
const ANY_FORGE = new Forge(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey, 'any', {
  issuer: 'https://any.invalid',
  clientId: 'any',
  groupsClaim: 'cognito:groups',
  groups: { member: ['member'], admin: ['admin'], auditor: ['auditor'] },
});

/** Forged and changed tokens, on each API. */
export const TOKENS: AttackTable = {
  title: 'tokens and their headers',
  attacks: [
    ...Object.entries(ATTACKS).map(([name, make]) => row(`content: ${name}`, make)),
    ...['/admin/v1/members', '/admin/v1/rights/jobs'].flatMap((path) =>
      tokenAttacks(path).map(([name, make]) => row(`${path}: ${name}`, make)),
    ),
    // Some of the attacks have a valid token of an auditor, or of a user, who may see these.
    ...['/admin/v1/records', '/admin/v1/records/usage', '/admin/v1/rights/own/jobs'].flatMap((path) =>
      tokenAttacks(path)
        .filter(([, make]) => make(ANY_FORGE).status === 401)
        .map(([name, make]) => row(`${path}: ${name}`, make)),
    ),
  ],
};
