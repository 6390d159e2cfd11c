import { LIMITS, type LimitId } from '../../statements/limits';

const titles = new Map<string, string>(LIMITS.map(({ id, title }) => [id, title]));
const limit = (id: LimitId, remains: string) => ({ title: titles.get(id) ?? id, remains });

/** What remains, for each section of docs/LIMITS.md. */
export const limits: Readonly<Record<LimitId, { readonly title: string; readonly remains: string }>> = {
  'providers-and-laws': limit(
    'providers-and-laws',
    'US-owned providers are subject to US law; places and retention are in part claims of the provider.',
  ),
  'bedrock-retention-and-processing': limit(
    'bedrock-retention-and-processing',
    'That nothing is retained is AWS’s claim; settings can change between two hourly checks.',
  ),
  guardrails: limit('guardrails', 'Content filters miss harmful text, block harmless text and don’t see every part.'),
  'other-models': limit('other-models', 'The operator of another host or server decides what it retains.'),
  'regions-and-networks': limit(
    'regions-and-networks',
    'A replica lags behind; DNS names and routes are partly global.',
  ),
  'sign-in-and-members': limit(
    'sign-in-and-members',
    'A token remains valid for a short time; identity providers manage their own users.',
  ),
  'who-can-see-the-use-of-members': limit(
    'who-can-see-the-use-of-members',
    'A sum can be nearly that of one member; logs, metrics and the trail can show when few were active.',
  ),
  'api-keys-and-limits': limit(
    'api-keys-and-limits',
    'A revoked key works for a short time; token totals are stored per day.',
  ),
  'generated-answers': limit('generated-answers', 'Copied text loses its mark; marks aren’t signed.'),
  'stored-content': limit('stored-content', 'IDs, times, sizes and counts are stored unencrypted.'),
  'rights-of-users': limit(
    'rights-of-users',
    'An erasure doesn’t reach records, the trail, certificates and the user directory.',
  ),
  keys: limit(
    'keys',
    'Anyone who can change a key’s policy or a role that it names can gain access; the trail records it.',
  ),
  'alarms-and-evidence': limit(
    'alarms-and-evidence',
    'Alarms follow after minutes; e-mail leaves AWS; evidence expires.',
  ),
  'ledger-of-requests': limit(
    'ledger-of-requests',
    'Until its hour is closed, a record can be removed; the ledger proves what the gateways recorded.',
  ),
  requests: limit('requests', 'A request runs on after its client has left; a call may be sent twice.'),
  'the-guard': limit('the-guard', 'The guard reads templates, not programs; the network is what stops a program.'),
  'the-perimeter': limit(
    'the-perimeter',
    'The policies of an organization bind neither its management account nor roles of AWS services, and don’t refuse every way out.',
  ),
};
