import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { report } from '@/lib/cli/commands/report';
import { keyIdOf } from '@/lib/evidence/sign/keys';
import { resources } from '../../evidence/support/app';
import { folder } from '../support';

const [SCIENCES, LAW] = ['111122223333', '222233334444'];
const signers = { sciences: generateKeyPairSync('ed25519'), law: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const pem = (key: KeyObject) =>
  key.type === 'private' ? key.export({ format: 'pem', type: 'pkcs8' }) : key.export({ format: 'pem', type: 'spki' });
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const assembly = (name: string, account: string, own: object = resources()) => ({
  [`${name}.out/chat.template.json`]: { Resources: own },
  [`${name}.out/manifest.json`]: {
    version: '48.0.0',
    artifacts: {
      chat: {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/eu-central-1`,
        properties: { templateFile: 'chat.template.json' },
      },
    },
  },
});

async function run(cwd: string, ...args: string[]) {
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(line)),
  ];
  const from = process.cwd();
  process.chdir(cwd);
  try {
    const code = await report(args, new Date('2026-11-30T12:00:00Z'));
    return { code, out: out.join('\n'), errors: errors.join('\n') };
  } finally {
    process.chdir(from);
    for (const spy of spies) spy.mockRestore();
  }
}

/** A folder with the signed reports of two accounts. */
async function accounts(): Promise<string> {
  const cwd = folder({
    ...assembly('sciences', SCIENCES),
    ...assembly('law', LAW),
    'sciences.pem': pem(signers.sciences.privateKey),
    'law.pem': pem(signers.law.privateKey),
    'sciences.pub': pem(signers.sciences.publicKey),
    'law.pub': pem(signers.law.publicKey),
  });
  for (const name of ['sciences', 'law'])
    expect((await run(cwd, `${name}.out`, '--out', name, '--sign', `${name}.pem`)).code).toBe(0);
  return cwd;
}

/** Changes the evidence of a report. */
function edit(file: string, change: (evidence: { head: Record<string, unknown> }) => void): void {
  const evidence = JSON.parse(readFileSync(file, 'utf8'));
  change(evidence);
  writeFileSync(file, JSON.stringify(evidence));
}

test('one report over two accounts, each verified by its own key, and signed itself', async () => {
  const cwd = await accounts();
  const before = readdirSync(path.join(cwd, 'law')).map((name) => [name, sha256(path.join(cwd, 'law', name))]);
  const keys = ['--key', 'sciences.pub', '--key', 'law.pub'];
  const { code, out } = await run(cwd, 'join', 'sciences', 'law', '--out', 'all', ...keys, '--sign', 'law.pem');
  expect([code, out]).toEqual([0, expect.stringMatching(/^2 accounts: \d+ ok, 0 attention, 0 failed, 0 unknown$/m)]);
  const { head, tenants } = JSON.parse(readFileSync(path.join(cwd, 'all/evidence.json'), 'utf8'));
  expect(tenants.map(({ tenant }: { tenant: string }) => tenant)).toEqual([`${SCIENCES}/law`, `${LAW}/law`]);
  expect(head.parts).toEqual(
    (
      [
        [SCIENCES, 'sciences'],
        [LAW, 'law'],
      ] as const
    ).map(([account, name]) => ({
      account,
      date: '2026-11-30',
      sha256: sha256(path.join(cwd, name, 'evidence.json')),
      signedBy: keyIdOf(signers[name].publicKey),
    })),
  );
  // The reports of the accounts are as they were, and the whole has a signature too.
  expect(readdirSync(path.join(cwd, 'law')).map((name) => [name, sha256(path.join(cwd, 'law', name))])).toEqual(before);
  expect((await run(cwd, 'verify', 'all', '--key', 'law.pub')).code).toBe(0);
});

test('each format, in a language', async () => {
  const cwd = await accounts();
  const { code } = await run(
    cwd,
    'join',
    'law',
    'sciences',
    '--format',
    'html,json,markdown,csv,oscal',
    '--language',
    'fr',
  );
  expect(code).toBe(0);
  const names = readdirSync(path.join(cwd, 'residency-report'));
  expect(names).toEqual(
    expect.arrayContaining(['evidence.html', 'evidence.md', 'evidence-stores.csv', 'evidence.oscal-results.json']),
  );
  expect(readFileSync(path.join(cwd, 'residency-report/evidence.html'), 'utf8')).toContain('<dt>Comptes</dt>');
  // No signature was checked, so none is stated.
  expect(readFileSync(path.join(cwd, 'residency-report/evidence.json'), 'utf8')).not.toContain('"signedBy"');
});

test('a failed row of one account fails the whole', async () => {
  const own = resources();
  const { Properties } = own.Table as unknown as { readonly Properties: { readonly Replicas: object[] } };
  Properties.Replicas.push({ Region: 'us-east-1' });
  const cwd = await accounts();
  const leaking = folder(assembly('law', LAW, own));
  expect((await run(leaking, 'law.out', '--out', path.join(cwd, 'law'))).code).toBe(1);
  expect((await run(cwd, 'join', 'law', 'sciences')).code).toBe(1);
});

describe('nothing is written', () => {
  const law = (cwd: string) => path.join(cwd, 'law/evidence.json');
  const inAccounts =
    (...accounts: readonly string[]): Parameters<typeof edit>[1] =>
    ({ head }) =>
      Object.assign(head, {
        templates: accounts.map((account) => ({ stack: account, file: 'x', sha256: '0'.repeat(64), account })),
      });
  const removed = (name: string) => (cwd: string) => rmSync(path.join(cwd, name), { recursive: true });

  test.each<[string, (cwd: string) => void, readonly string[], RegExp]>([
    ['a folder that is missing', removed('law'), [], /^law: no evidence\.json can be read there/],
    ['a report without JSON', removed('law/evidence.json'), [], /^law: no evidence\.json can be read there/],
    [
      'a file that is cut off',
      (cwd) => writeFileSync(law(cwd), '{"format":1'),
      [],
      /^law: its evidence\.json isn't a report/,
    ],
    [
      'no account',
      (cwd) => edit(law(cwd), ({ head }) => Object.assign(head, { templates: [] })),
      [],
      /^law: its stacks name no account/,
    ],
    [
      'another boundary',
      (cwd) =>
        edit(law(cwd), ({ head }) =>
          Object.assign(head, { boundary: { name: 'DE', countries: ['DE'], regions: ['eu-central-1'] } }),
        ),
      [],
      /^the boundaries differ: sciences has eu/,
    ],
    [
      'an account that has no number',
      (cwd) => edit(law(cwd), inAccounts('\u001b[31m|evil|\n# H')),
      [],
      /^law: its account '\\u001b\[31m\|evil\|\\u000a# H' isn't one/,
    ],
    [
      'two accounts',
      (cwd) => edit(law(cwd), inAccounts(LAW, '\u001b[31mX')),
      [],
      /^law: its stacks name 2 accounts \(222233334444, \\u001b\[31mX\)/,
    ],
    [
      'a date that no calendar has',
      (cwd) => edit(law(cwd), ({ head }) => Object.assign(head, { date: '3000-99-99' })),
      [],
      /^law: its date '3000-99-99' isn't a day/,
    ],
    [
      'a boundary that is none, also if the whole is signed',
      (cwd) => edit(law(cwd), ({ head }) => Object.assign(head.boundary as object, { name: 'zz' })),
      ['--sign', 'law.pem'],
      /^law: its boundary 'zz' isn't one/,
    ],
    ['a report twice', () => undefined, ['law'], /^law and law are both reports of the account 222233334444/],
    [
      'no signature',
      removed('law/evidence.intoto.jsonl'),
      ['--key', 'law.pub', '--key', 'sciences.pub'],
      /^law: it has no evidence\.intoto\.jsonl/,
    ],
    ['the key of another', () => undefined, ['--key', 'sciences.pub'], /^law: no key of --key signed it/],
    [
      'a file that was altered',
      (cwd) => edit(law(cwd), ({ head }) => Object.assign(head, { date: '2026-11-29' })),
      ['--key', 'law.pub', '--key', 'sciences.pub'],
      /^law: its files aren't as they were signed \(altered evidence\.json\)/,
    ],
  ])('%s', async (_, plant, more, why) => {
    const cwd = await accounts();
    plant(cwd);
    const { code, out, errors } = await run(cwd, 'join', 'sciences', 'law', ...more);
    expect([code, out, errors]).toEqual([2, '', expect.stringMatching(why)]);
    expect(errors).toMatch(/no report is written$/);
    expect(existsSync(path.join(cwd, 'residency-report'))).toBe(false);
  });

  test.each<[readonly string[], string]>([
    [['sciences'], 'at least two reports, found 1'],
    [['sciences', 'law', '--out', './law/'], "--out: './law/' is the folder of a report that is joined"],
    [['sciences', 'law', '--format', 'odt'], '--format'],
    [['sciences', 'law', '--key', 'none.pub'], "--key: the file of the key can't be read (ENOENT)"],
    [['sciences', 'law', '--key', 'sciences.out/manifest.json'], "--key: the file isn't a public key"],
  ])('with the arguments %j', async (args, why) => {
    await expect(run(await accounts(), 'join', ...args)).rejects.toThrow(why);
  });

  test('where --out is a link to a report that is joined', async () => {
    const cwd = await accounts();
    symlinkSync('law', path.join(cwd, 'all'));
    const before = sha256(law(cwd));
    await expect(run(cwd, 'join', 'sciences', 'law', '--out', 'all')).rejects.toThrow("--out: 'all' is the folder");
    expect(sha256(law(cwd))).toBe(before);
  });
});
