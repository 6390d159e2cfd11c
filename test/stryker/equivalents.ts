/** A mutant that no test can notice, because the program does the same. */
export interface Equivalent {
  readonly file: string;
  /** A part of the line that tells it apart. */
  readonly line: string;
  /** The changed code, as Stryker reports it. */
  readonly code: string;
  readonly replacement: string;
  readonly reason: string;
}

const IDENTITY = 'lib/runtime/workspace/identity';
const KEYRING = 'lib/runtime/workspace/keyring';
const NOTHING = '{\n    return undefined;\n  }';
const NO_TEXT = '"Stryker was here!"';

export const EQUIVALENTS: readonly Equivalent[] = [
  ...['groups', 'verify-token'].map((name) => ({
    file: `${IDENTITY}/${name}.ts`,
    line: 'catch {',
    code: NOTHING,
    replacement: '{}',
    reason: 'A function that ends without a return returns undefined too.',
  })),
  {
    file: `${IDENTITY}/deployed-members.ts`,
    line: 'Item?.keySet?.S',
    code: "''",
    replacement: NO_TEXT,
    reason: 'Neither text is a key set.',
  },
  {
    file: `${IDENTITY}/require-member.ts`,
    line: 'signedInAt <= signedOutAt',
    code: 'signedOutAt !== undefined',
    replacement: 'true',
    reason: 'No number is at most undefined.',
  },
  {
    file: `${IDENTITY}/require-member.ts`,
    line: 'exec(header',
    code: "''",
    replacement: NO_TEXT,
    reason: 'Neither text begins with the scheme.',
  },
  {
    file: `${IDENTITY}/verify-token.ts`,
    line: 'if (key === undefined)',
    code: 'key === undefined',
    replacement: 'false',
    reason: 'The library refuses to verify without a key, and its error is a refusal too.',
  },
  {
    file: `${IDENTITY}/verify-token.ts`,
    line: 'typeof iat',
    code: "typeof iat !== 'number'",
    replacement: 'false',
    reason: 'The library refuses a time of issue that is no number before.',
  },
  {
    file: `${IDENTITY}/verify-token.ts`,
    line: '.exec(token)',
    code: "''",
    replacement: NO_TEXT,
    reason: 'Neither text is a header.',
  },
  {
    file: `${IDENTITY}/verify-token.ts`,
    line: '.exec(token)',
    code: '[]',
    replacement: '["Stryker was here"]',
    reason: 'The second element is undefined in both.',
  },
  {
    file: `${KEYRING}/branch-key-erasure.ts`,
    line: 'attempt++',
    code: 'left.length > 0',
    replacement: 'left.length >= 0',
    reason: 'There is something to delete at first, and the loop ends inside when nothing is left.',
  },
  {
    file: `${KEYRING}/branch-keyring.ts`,
    line: 'getEncryptionMaterial',
    code: '() => false',
    replacement: '() => undefined',
    reason: "The SDK's keyring asks this cache for branch keys only, and both values are false.",
  },
  {
    file: `${KEYRING}/branch-keyring.ts`,
    line: 'getEncryptionMaterial',
    code: 'false',
    replacement: 'true',
    reason: "The SDK's keyring asks this cache for branch keys only.",
  },
  {
    file: `${KEYRING}/change-keys.ts`,
    line: 'CancellationReasons',
    code: '[]',
    replacement: '["Stryker was here"]',
    reason: 'A text is a reason without a code, and such a reason decides nothing.',
  },
  {
    file: `${KEYRING}/key-store-client.ts`,
    line: 'keyStore',
    code: "{ step: 'initialize', name: 'keyStore' }",
    replacement: '{}',
    reason: 'The SDK takes this step by default, and uses the name only in errors about names that occur twice.',
  },
  {
    file: `${KEYRING}/requested-keys.ts`,
    line: 'this.resting.delete',
    code: 'until <= now',
    replacement: 'until < now',
    reason: 'An entry that ends now has no effect any more, whether or not it is there.',
  },
];
