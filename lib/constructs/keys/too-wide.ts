/** One statement of a key's policy, resolved. */
interface StatementJson {
  readonly Effect?: string;
  readonly Action?: string | string[];
  readonly NotAction?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What reads or writes content, or lets somebody else do so. */
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

/** Operators that take a value as it is; `ArnEquals` reads wildcards all the same. */
const EXACT = ['ArnEquals', 'StringEquals'];
const PATTERN = [...EXACT, 'ArnLike', 'StringLike'];

/**
 * For whom a resolved statement lets a key be used, when that is more than roles and users of the accounts, named one by
 * one, and services on behalf of these accounts; none if it isn't.
 *
 * @param accounts ids of accounts, or whatever stands for one until deployment, resolved
 */
export function tooWide(statement: StatementJson, accounts: readonly unknown[]): string | undefined {
  const { Effect, Principal = '*', NotPrincipal, Condition = {} } = statement;
  if (Effect !== 'Allow' || !allowsUse(statement)) return undefined;
  if (NotPrincipal !== undefined) return 'everybody but some';
  const own = accounts.map(text);
  for (const [kind, whom] of principalsOf(Principal)) {
    const wide = kind === 'AWS' ? wideAws(whom, Condition, own) : wideOther(kind, Condition, own);
    if (wide !== undefined) return wide;
  }
  return undefined;
}

function principalsOf(principal: unknown): [string, unknown][] {
  if (typeof principal !== 'object' || principal === null) return [['AWS', principal]];
  return Object.entries(principal).flatMap(([kind, whom]) =>
    [whom].flat().map((one): [string, unknown] => [kind, one]),
  );
}

function wideAws(whom: unknown, condition: Conditions, own: readonly string[]): string | undefined {
  if (!isWholeAccount(text(whom))) return stranger(whom, own);
  const named = values(condition, EXACT, (key) => key === 'aws:principalarn');
  if (named.length === 0 || named.some((arn) => isPattern(arn) || isWholeAccount(text(arn)))) return 'a whole account';
  return named.map((arn) => stranger(arn, own)).find((found) => found !== undefined);
}

function wideOther(kind: string, condition: Conditions, own: readonly string[]): string | undefined {
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
    : 'a service, on behalf of anybody';
}

type Conditions = NonNullable<StatementJson['Condition']>;

/** What a condition compares keys with. A statement may say more, which only narrows it. */
function values(condition: Conditions, operators: readonly string[], isKey: (key: string) => boolean): unknown[] {
  return operators.flatMap((operator) =>
    Object.entries(condition[operator] ?? {}).flatMap(([key, value]) =>
      isKey(key.toLowerCase()) ? [value].flat() : [],
    ),
  );
}

/** Why what an ARN names isn't known to be of the accounts. */
function stranger(arn: unknown, own: readonly string[]): string | undefined {
  if (isAttribute(arn)) return undefined;
  const account = accountOf(text(arn));
  if (account === undefined) return `'${text(arn)}', whose account is unknown`;
  return own.includes(account) ? undefined : `'${text(arn)}', which is of another account`;
}

/** Whether a source or an encryption context belongs to the accounts, or is one thing alone. */
function isOf(value: unknown, own: readonly string[]): boolean {
  if (isAttribute(value)) return true;
  const account = accountOf(text(value));
  return account ? own.includes(account) : !isPattern(value) && !text(value).includes('{');
}

const accountOf = (arn: string) => /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(arn)?.[1];

const isWholeAccount = (whom: string) => whom === '*' || /:root$|^\d{12}$|^\{AWS\.AccountId\}$/.test(whom);

const isPattern = (value: unknown) => /[*?]/.test(text(value));

/** An attribute of a resource of the app, or of one that another stack exports: neither leads to another account. */
const isAttribute = (value: unknown) =>
  typeof value === 'object' && value !== null && ('Fn::GetAtt' in value || 'Fn::ImportValue' in value);

/** A resolved value as text, with a name in braces for what only the deployment knows. */
function text(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => hole(name));
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  if (name === 'Ref') return hole(String(argument));
  if (name === 'Fn::Sub') return text([argument].flat()[0]);
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(text).join(String(argument[0]));
  }
  return hole(name);
}

/** Without colons, which separate the parts of an ARN. */
const hole = (name: string) => `{${name.replaceAll('::', '.')}}`;

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
