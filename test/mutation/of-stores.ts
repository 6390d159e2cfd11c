import type { Mutation } from './mutation';

const KEYRING = 'lib/runtime/workspace/keyring';
const REQUIRE_MEMBER = 'lib/runtime/workspace/identity/require-member.ts';

/** Mutations that show only if a store fails, answers wrongly or is written to by others, or at one moment. */
export const OF_STORES: readonly Mutation[] = [
  {
    name: 'an erasure certified because a store failed',
    file: 'lib/runtime/rights/steps/verification-steps.ts',
    text: 'if (error instanceof KeyGone) return false;\n      throw error;',
    replacement: 'void KeyGone;\n      void error;\n      return false;',
    tests: ['test/runtime/rights/steps/certified.test.ts'],
  },
  {
    name: "a file served with another file's bytes",
    file: 'lib/runtime/workspace/store/content-cipher.ts',
    text: 'if (!plain.subarray(0, prefix.length).equals(prefix)) {',
    replacement: 'if (plain.length < prefix.length) {',
    tests: ['test/runtime/workspace/unreadable.test.ts'],
  },
  {
    name: 'a template that passes because a rule failed on it',
    file: 'lib/guard/check/check-template.ts',
    text: "return [\n      { path: '', level: 'unresolved', detail: `the rule '${rule.id}' failed on it: ${(error as Error).message}` },\n    ];",
    replacement: 'void rule;\n    void error;\n    return [];',
    tests: ['test/guard/check/throwing-rule.test.ts'],
  },
  {
    name: 'conversations open to every role',
    file: REQUIRE_MEMBER,
    text: "/^\\/v1\\/models(\\/[^/]+)?$/.test(path) ? 'any' : 'member';",
    replacement: "/^\\/v1\\/(models|conversations)(\\/[^/]+)?$/.test(path) ? 'any' : 'member';",
    tests: ['test/runtime/workspace/roles.test.ts'],
  },
  {
    name: 'a token of the second of its sign-out accepted',
    file: REQUIRE_MEMBER,
    text: 'signedInAt <= signedOutAt',
    replacement: 'signedInAt < signedOutAt',
    tests: ['test/runtime/members/admin.test.ts'],
  },
  {
    name: 'a sign-in during a removal that stays valid',
    file: 'lib/runtime/members/admin.ts',
    text: 'recordRoles(c, member.id, member.roles, []));\n    await suspensions.signOut(member.id, now());',
    replacement: 'recordRoles(c, member.id, member.roles, []));',
    tests: ['test/runtime/members/admin.test.ts'],
  },
  {
    name: 'suspensions read with eventual consistency',
    file: 'lib/runtime/workspace/identity/dynamodb-suspensions.ts',
    text: 'ConsistentRead: true',
    replacement: 'ConsistentRead: false',
    tests: ['test/runtime/workspace/identity/cached-suspensions.test.ts'],
  },
  {
    name: 'branch keys read with eventual consistency',
    file: `${KEYRING}/key-store-client.ts`,
    text: 'ConsistentRead: true',
    replacement: 'ConsistentRead: false',
    tests: ['test/runtime/workspace/keyring/branch-keyring.test.ts'],
  },
  {
    name: 'a branch key cached from the time of the answer',
    file: `${KEYRING}/branch-key-cache.ts`,
    text: 'this.entries.set(id, { key, until });',
    replacement: 'this.entries.set(id, { key, until: Math.max(until, this.now() + this.ttlMs) });',
    tests: ['test/runtime/workspace/keyring/branch-keyring.test.ts'],
  },
  {
    name: 'a key counted as forgotten from the mark of its erasure',
    file: `${KEYRING}/branch-key-erasure.ts`,
    text: 'destroyedAt.getTime() + FORGOTTEN_MS',
    replacement: 'Math.min(erasedAt.getTime(), destroyedAt.getTime()) + FORGOTTEN_MS',
    tests: ['test/runtime/workspace/keyring/branch-keyring.test.ts'],
  },
  {
    name: 'objects counted as deleted that a bucket kept',
    file: 'lib/runtime/rights/store/user-objects.ts',
    text: 'if (Errors.length > 0) {',
    replacement: 'if (Errors.length > page + 1_000) {',
    tests: ['test/runtime/rights/store/user-objects.test.ts'],
  },
  {
    name: "files that a hold doesn't keep",
    file: 'lib/runtime/workspace/content.ts',
    text: "['files', 'prompts'].includes(route.route)",
    replacement: "['none', 'prompts'].includes(route.route)",
    tests: ['test/runtime/rights/hold.long.test.ts'],
  },
  {
    name: "OpenAI's models served without a check result",
    file: 'lib/runtime/gateway/freshness/require-verified.ts',
    text: "destination.provider === 'vpc' ? undefined",
    replacement: 'destination.provider !== undefined ? undefined',
    tests: ['test/runtime/gateway/freshness/freshness.test.ts'],
  },
  {
    name: 'items found in the segment before theirs',
    file: 'lib/runtime/workspace/conversations/item-log.ts',
    text: "${padded(seq)}`, order: 'desc' });",
    replacement: "${padded(seq - 1)}`, order: 'desc' });",
    tests: ['test/runtime/workspace/conversations/conversations.test.ts'],
  },
  {
    name: 'a table that anyone may write to by PartiQL',
    file: 'lib/constructs/shared/restrict-writes.ts',
    text: "  'dynamodb:PartiQLInsert',\n",
    replacement: '',
    tests: ['test/constructs/members/workspace-members.test.ts'],
  },
];
