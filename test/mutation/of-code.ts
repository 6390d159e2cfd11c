import type { Mutation } from './mutation';

const TOKEN = 'lib/runtime/workspace/identity/verify-token.ts';
const DECISIONS = 'lib/runtime/rights/decisions';

const ofTokens = ['test/runtime/workspace/identity/lambda-attacks.test.ts'];

/** Mutations that each break one promise of the guard, the functions or the command. */
export const OF_CODE: readonly Mutation[] = [
  {
    name: "Bedrock's retention mode set to default",
    file: 'lib/runtime/settings/control-plane.ts',
    text: "new PutAccountDataRetentionCommand({ mode: 'none' })",
    replacement: "new PutAccountDataRetentionCommand({ mode: 'default' })",
    tests: ['test/runtime/settings/retention.test.ts'],
  },
  {
    name: 'projects served without a check result',
    file: 'lib/runtime/gateway/freshness/freshness.ts',
    text: "tenant.kind !== 'project' || isAllOwn",
    replacement: "tenant.kind !== 'none' || isAllOwn",
    tests: ['test/runtime/gateway/freshness/freshness.test.ts'],
  },
  {
    name: 'projects served with a check result of any age',
    file: 'lib/boundary/retention-verification.ts',
    text: 'return age <= maxAgeMs && age',
    replacement: 'return maxAgeMs > 0 && age',
    tests: ['test/boundary/retention-verification.test.ts'],
  },
  {
    name: "a project's client informed that its answer is stored",
    file: 'lib/runtime/gateway/chat/parameters.ts',
    text: "inProject: { code: 'residency_store_refused', why",
    replacement: 'inProject: { allowed: [true, false], why',
    tests: ['test/runtime/gateway/chat/parse-chat.test.ts'],
  },
  {
    name: "a project's prompt cached without a request for it",
    file: 'lib/runtime/gateway/fit/prepare.ts',
    text: 'caching ?? (keepsContent || request.cacheControl !== undefined)',
    replacement: 'caching ?? (keepsContent || request.lengthParam !== undefined)',
    tests: ['test/runtime/gateway/context/caching.test.ts'],
  },
  {
    name: 'London counted as part of the EU because of its prefix',
    file: 'lib/boundary/boundary.ts',
    text: 'return region !== undefined && isReliable(region) && this.admits(region);',
    replacement:
      "return region !== undefined && isReliable(region) && (this.admits(region) || code.startsWith('eu-'));",
    tests: ['test/boundary/places.test.ts'],
  },
  {
    name: 'a stream without the mark of a generated answer',
    file: 'lib/runtime/gateway/context/ask.ts',
    text: 'context.log.generated = true;\n  return follow',
    replacement: 'return follow',
    tests: ['test/runtime/gateway/generated.test.ts'],
  },
  {
    name: 'what a member wrote marked as generated',
    file: 'lib/runtime/workspace/conversations/provenance.ts',
    text: 'isOutputId(item.id) ?',
    replacement: 'item.id ?',
    tests: ['test/runtime/workspace/conversations/provenance.test.ts'],
  },
  {
    name: 'members of another workspace found by their id',
    file: 'lib/runtime/members/pool-members.ts',
    text: 'return member !== undefined && member.roles.length > 0 ? member : undefined;',
    replacement: 'return member;',
    tests: ['test/runtime/members/admin.test.ts'],
  },
  {
    name: 'a disabled member admitted with an earlier token',
    file: 'lib/runtime/workspace/identity/require-member.ts',
    text: 'if (disabled) {',
    replacement: 'if (disabled && signedOutAt === 0) {',
    tests: ['test/runtime/workspace/identity/lambda-attacks.test.ts'],
  },
  {
    name: 'a key with an unreadable policy reported as used by no principal',
    file: 'lib/report/access/access-to-keys.ts',
    text: "unknown.push(`its policy can't be read: ${statement.reason}`);",
    replacement: '',
    tests: ['test/report/access.test.ts'],
  },
  {
    name: "another client's token accepted",
    file: TOKEN,
    text: "if (use !== 'id' || aud !== policy.clientId) return undefined;",
    replacement: "if (use !== 'id' || aud === undefined) return undefined;",
    tests: ofTokens,
  },
  {
    name: 'an access token accepted as an ID token',
    file: TOKEN,
    text: "if (use !== 'id' || aud !== policy.clientId) return undefined;",
    replacement: 'if (use === undefined || aud !== policy.clientId) return undefined;',
    tests: ofTokens,
  },
  {
    name: 'a revoked API key that stays valid for an hour',
    file: 'lib/runtime/gateway/keys/cached-registry.ts',
    text: 'ttlMs = 60_000',
    replacement: 'ttlMs = 3_600_000',
    tests: ['test/runtime/gateway/keys/cached-registry.test.ts'],
  },
  {
    name: 'tokens per day without a limit',
    file: 'lib/runtime/gateway/limits/limits.ts',
    text: 'isOver: used >= limit',
    replacement: 'isOver: used > limit * 1_000',
    tests: ['test/runtime/gateway/limits/limits.test.ts'],
  },
  {
    name: 'an erasure certified while its key can be restored',
    file: 'lib/runtime/rights/steps/windows.ts',
    text: 'KEY_BACKUP_MS = DAY_MS;',
    replacement: 'KEY_BACKUP_MS = 0;',
    tests: ['test/runtime/rights/erase.long.test.ts'],
  },
  {
    name: 'content that expires under a hold',
    file: 'lib/runtime/rights/steps/retention-steps.ts',
    text: 'if (isOnHold) return undefined;',
    replacement: 'void isOnHold;',
    tests: ['test/runtime/rights/hold.long.test.ts'],
  },
  {
    name: 'an export handed over by one administrator alone',
    file: `${DECISIONS}/exports.ts`,
    text: 'if ([job.by, job.figures.recipient].includes(by)) {',
    replacement: 'if (job.figures.recipient === by) {',
    tests: ['test/runtime/rights/handover.long.test.ts'],
  },
  {
    name: 'a workspace closed over a hold',
    file: `${DECISIONS}/closures.ts`,
    text: "if (held.length > 0) throw new Refused('held', heldMessage(held));",
    replacement: 'void held;',
    tests: ['test/runtime/rights/closure.long.test.ts'],
  },
  {
    name: 'an erasure that leaves the recovery Region',
    file: 'lib/runtime/rights/steps/erasure-steps.ts',
    text: "if (hasRecovery) return { figures: erased, step: 'recovery-read' };",
    replacement: '',
    tests: ['test/runtime/recovery/erase.long.test.ts'],
  },
  {
    name: 'a finding that an acknowledgement suppresses',
    file: 'lib/guard/cdk/residency-plugin.ts',
    text: "'info' : 'fatal'",
    replacement: "'info' : 'error'",
    tests: ['test/guard/cdk/fails-closed.test.ts', 'test/guard/cdk/summary.test.ts'],
  },
  {
    name: "a hook that allows operations that it can't check",
    file: 'lib/runtime/hook/hook.ts',
    text: "refused(token, 'InternalFailure', `the residency guard itself failed, so the operation is refused: ${what}`),",
    replacement: 'allowed(token, what),',
    tests: ['test/runtime/hook/fails-closed.test.ts'],
  },
  {
    name: 'a low-confidence fact that allows a place',
    file: 'lib/facts/reliance.ts',
    text: "fact.confidence !== 'low'",
    replacement: 'fact.confidence !== undefined',
    tests: ['test/boundary/places.test.ts', 'test/boundary/destination.test.ts'],
  },
];
