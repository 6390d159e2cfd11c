/** One statement of a key's policy, resolved. */
interface StatementJson {
  readonly Effect?: string;
  readonly Action?: string | string[];
  readonly NotAction?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The actions that read or write content, or grant this to others. */
const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:ReplicateKey',
];

/** Operators that compare a value exactly, although `ArnEquals` still supports wildcards. */
const EXACT = ['ArnEquals', 'StringEquals'];
const PATTERN = [...EXACT, 'ArnLike', 'StringLike'];

/**
 * Checks that a resolved statement allows use of a key only to roles and users of the accounts, each by name, and to
 * services on behalf of these accounts.
 *
 * @param accounts account IDs, or their resolved placeholders before deployment
 * @returns the other principals that could use the key; none if there are none
 */
export function checkKeyPolicy(statement: StatementJson, accounts: readonly unknown[]): string | undefined {
  const { Effect, Principal = '*', NotPrincipal, Condition = {} } = statement;
  if (Effect !== 'Allow' || !allowsUse(statement)) return undefined;
  if (NotPrincipal !== undefined) return "every principal except those in 'NotPrincipal'";
  const own = accounts.map(text);
  for (const [kind, principal] of principalsOf(Principal)) {
    const refused = kind === 'AWS' ? refusedAws(principal, Condition, own) : refusedOther(kind, Condition, own);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function principalsOf(principal: unknown): [string, unknown][] {
  if (typeof principal !== 'object' || principal === null) return [['AWS', principal]];
  return Object.entries(principal).flatMap(([kind, named]) =>
    [named].flat().map((one): [string, unknown] => [kind, one]),
  );
}

function refusedAws(principal: unknown, condition: Conditions, own: readonly string[]): string | undefined {
  if (!isWholeAccount(text(principal))) return foreignArn(principal, own);
  const named = values(condition, EXACT, (key) => key === 'aws:principalarn');
  if (named.length === 0 || named.some((arn) => isPattern(arn) || isWholeAccount(text(arn)))) return 'a whole account';
  return named.map((arn) => foreignArn(arn, own)).find((found) => found !== undefined);
}

function refusedOther(kind: string, condition: Conditions, own: readonly string[]): string | undefined {
  if (kind !== 'Service') return `a principal of kind ${kind}`;
  const accounts = values(condition, EXACT, (key) => key === 'aws:sourceaccount');
  if (accounts.length > 0 && accounts.every((account) => own.includes(text(account)))) return undefined;
  const sources = values(
    condition,
    PATTERN,
    (key) => key === 'aws:sourcearn' || key.startsWith('kms:encryptioncontext:'),
  );
  return sources.length > 0 && sources.every((source) => isOf(source, own))
    ? undefined
    : 'a service, on behalf of any account';
}

type Conditions = NonNullable<StatementJson['Condition']>;

/** The values that a condition compares keys with. Further conditions of the statement can only narrow it. */
function values(condition: Conditions, operators: readonly string[], isKey: (key: string) => boolean): unknown[] {
  return operators.flatMap((operator) =>
    Object.entries(condition[operator] ?? {}).flatMap(([key, value]) =>
      isKey(key.toLowerCase()) ? [value].flat() : [],
    ),
  );
}

/** The reason why an ARN isn't known to belong to the accounts; none if it does. */
function foreignArn(arn: unknown, own: readonly string[]): string | undefined {
  if (isAttribute(arn)) return undefined;
  const account = accountOf(text(arn));
  if (account === undefined) return `'${text(arn)}', whose account is unknown`;
  return own.includes(account) ? undefined : `'${text(arn)}', which belongs to another account`;
}

/** Whether a source or an encryption context belongs to the accounts, or is a single resource. */
function isOf(value: unknown, own: readonly string[]): boolean {
  if (isAttribute(value)) return true;
  const account = accountOf(text(value));
  return account ? own.includes(account) : !isPattern(value) && !text(value).includes('{');
}

const accountOf = (arn: string) => /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(arn)?.[1];

const isWholeAccount = (principal: string) =>
  principal === '*' || /:root$|^\d{12}$|^\{AWS\.AccountId\}$/.test(principal);

const isPattern = (value: unknown) => /[*?]/.test(text(value));

/**
 * An attribute of a resource in the app, or of one that another stack exports; neither can belong to another account.
 */
const isAttribute = (value: unknown) =>
  typeof value === 'object' && value !== null && ('Fn::GetAtt' in value || 'Fn::ImportValue' in value);

/** A resolved value as text, with a placeholder in braces for each part that is known only at deployment. */
function text(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => placeholder(name));
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  if (name === 'Ref') return placeholder(String(argument));
  if (name === 'Fn::Sub') return text([argument].flat()[0]);
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(text).join(String(argument[0]));
  }
  return placeholder(name);
}

/** Has no colons, which separate the parts of an ARN. */
const placeholder = (name: string) => `{${name.replaceAll('::', '.')}}`;

function allowsUse({ Action, NotAction }: StatementJson): boolean {
  if (NotAction !== undefined) return true;
  return [Action ?? []].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return USES.some((action) => new RegExp(`^${source}$`, 'i').test(action));
  });
}
