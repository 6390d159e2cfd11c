import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readBundleCommand } from '@/lib/cli/audit/fetch/bundle-options';
import { Numbers } from '@/lib/cli/audit/ledger/numbers';
import { audit } from '@/lib/cli/commands/audit';
import { verifierText } from '@/lib/ledger/keys';
import { keyOf, LOG, OFFICER } from '@/test/ledger/vectors';

const folder = mkdtempSync(path.join(tmpdir(), 'audit-options-'));
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  writeFileSync(at('ledger.key'), verifierText(LOG));
  writeFileSync(at('officer.key'), verifierText(OFFICER));
  writeFileSync(at('officer.pem'), keyOf(2).export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(at('text'), 'text');
  writeFileSync(at('eu-west-1.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const key = ['--key', at('ledger.key')];

const REFUSED: [string[], string][] = [
  [[], 'name either a bundle'],
  [['--bundle', 'a', '--live'], 'name either a bundle'],
  [['--bundle', folder, '--format', 'csv'], '--format'],
  [['--bundle', folder, '--from', '2026-02-30'], "--from: the value isn't a day; allowed: a day such as 2026-11-24"],
  [['--bundle', folder, '--from', '2026-11-02', '--to', '2026-11-01'], '--from is after --to'],
  [['--bundle', at('none')], 'the bundle is no folder'],
  [['--bundle', folder, '--key', at('none')], "--key: the file can't be read (ENOENT); name one that exists"],
  [
    ['verify', folder, ...key, '--cosigned', at('none'), '--cosigner', at('officer.key')],
    "--cosigned: the file can't be read (ENOENT)",
  ],
  [['--bundle', folder, '--key', at('text')], '--key: the file has no Ed25519 public key'],
  [['--bundle', folder, '--key', at('officer.key')], 'the key is one of a cosigner, expected one of a log'],
  [['--live'], '--from is missing'],
  [['verify', ...key], 'audit verify takes one bundle, or one proof'],
  [['verify', folder], "--key is missing; name a file with the ledger's public key"],
  [['verify', folder, ...key, '--cosigned', 'a'], '--cosigned and --cosigner belong together'],
  [['--bundle', folder, '--not-enabled', 'us-east-1'], '--not-enabled: a value is no Region that an account must'],
  [['--bundle', folder, '--trail-keys', at('text')], '--trail-keys: a file is not named after a Region'],
  [['verify', folder, ...key, '--trail-keys', at('eu-west-1.json')], '--trail-keys: eu-west-1.json has no public keys'],
  [['verify', folder, ...key, '--from', '2026-11-02', '--to', '2026-11-01'], '--from is after --to'],
  [['prove', '--bundle', folder], 'audit prove takes the ID of one record'],
  [['prove', 'a'], '--bundle is missing'],
  [['prove', 'a', '--bundle', 'none', '--out', at('text')], '--out: the file exists; name another one'],
  [['prove', 'a', '--bundle', 'none', '--out', at('none/a')], "--out: the file can't be written (ENOENT)"],
  [['cosign'], 'audit cosign takes the file of one checkpoint'],
  [['cosign', 'a'], "--key is missing; name a file with the officer's private Ed25519 key in PEM"],
  [['cosign', 'a', ...key, '--name', 'b'], '--key: the file has no private key'],
  [
    ['cosign', at('text'), '--key', at('officer.pem'), '--name', 'a', '--log-key', at('ledger.key'), '--state', 'b'],
    "the file is no checkpoint: the file isn't a signed note",
  ],
  [['cosign', 'a', '--key', at('officer.pem'), '--name', 'a b'], "is empty or has spaces or '+'"],
];
test.each(REFUSED.map(([args, message]) => [message, args] as const))(
  'a command line is refused: %s',
  async (message, args) => {
    await expect((async () => audit(args))()).rejects.toThrow(message);
  },
);

const SOURCE = ['--from', '2026-11-01', '--to', '2026-11-30', '--bucket', 'evidence', '--region', 'eu-central-1'];
test.each<[string[], string]>([
  [['--out', 'a'], '--from is missing'],
  [SOURCE, '--out is missing'],
  [[...SOURCE, '--out', 'a', '--region', 'us-east-1'], "--region: the value isn't a Region inside the EU"],
  [[...SOURCE, '--out', 'a', '--bucket', 'A/b'], "--bucket: the value can't be the name of a bucket"],
  [[...SOURCE, '--out', 'a', '--boundary', 'mars'], '--boundary'],
])('audit bundle %j is refused', (args, message) => expect(() => readBundleCommand(args)).toThrow(message));

test('numbers that arrived before the first hour of a bundle are no gap', () => {
  const missingOf = (isSeeded: boolean) => {
    const numbers = new Numbers();
    if (isSeeded) numbers.seed('s', 10, [[5, 5]]);
    for (const seq of [5, 10, 12]) expect(numbers.add('s', seq)).toBe(true);
    expect(numbers.add('s', 5)).toBe(false);
    return numbers.missing;
  };
  expect(missingOf(false)).toBe(5);
  expect(missingOf(true)).toBe(1);
});

test('numbers with many gaps take no longer than their count', () => {
  const numbers = new Numbers();
  const start = Date.now();
  for (let seq = 0; seq < 100_000; seq += 2) numbers.add('s', seq);
  for (let seq = 1; seq < 100_000; seq += 2) numbers.add('s', seq);
  expect(numbers.missing).toBe(0);
  expect(Date.now() - start).toBeLessThan(1_000);
});

test('a bundle with a link is refused', async () => {
  // Not in the folder that other tests name as a bundle.
  const bundle = mkdtempSync(path.join(tmpdir(), 'audit-link-'));
  symlinkSync('/etc/hostname', path.join(bundle, 'bundle.json'));
  await expect(audit(['--bundle', bundle])).rejects.toThrow('one of its entries is a link');
});
