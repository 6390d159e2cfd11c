import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';
import { DEPRECATED, type Deprecated } from '@/lib/config/model/deprecated';
import { withholdAssembly } from '@/lib/guard/cdk/withhold-folder';
import { DAY, dayAfter, Folder, newKeys, releaseText } from '../config/release/support';

let config: string;
beforeAll(async () => {
  const keys = await newKeys();
  const folder = new Folder(keys);
  folder.accept(await releaseText(keys));
  config = path.join(folder.path, 'residency.yaml');
  const { first, second } = keys;
  const pinned = JSON.stringify({ first: first.publicJwk, second: second.publicJwk });
  writeFileSync(config, `boundary: eu\nfactsKeys: ${pinned}\n`);
});
afterEach(() => jest.useRealTimers());

/** What a synth on a day prints. */
function synthesized(day: string, outdir = mkdtempSync(path.join(tmpdir(), 'out-'))): string {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  jest.useFakeTimers({ now: new Date(`${day}T12:00:00Z`) });
  try {
    ResidencyDeployment.fromFile({ config, outdir }).report();
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

// biome-ignore format: one row a line
test.each<[days: number, warning: string | undefined]>([
  [0, undefined],
  [59, undefined],
  [60, 'warning: facts release 1 of 2026-12-01 has been due for renewal since 2027-01-30; its rows keep deciding'],
  [90, 'warning: facts release 1 of 2026-12-01 expired on 2027-03-01; its rows keep deciding'],
  [365, 'warning: facts release 1 of 2026-12-01 expired on 2027-03-01; its rows keep deciding'],
])(`%i days after ${DAY}, a synth passes, and warns of an old release`, (days, warning) => {
  const printed = synthesized(dayAfter(days));
  expect(printed).toContain('nothing leaves');
  if (warning === undefined) expect(printed).not.toContain('warning');
  else expect(printed).toContain(warning);
});

test('a synth names a deprecated key with its line, and passes', () => {
  const list = DEPRECATED as Deprecated[];
  list.push({ kind: 'key', name: 'factsKeys.second', since: '0.2.0', removedIn: '0.4.0', instead: 'remove it' });
  try {
    const printed = synthesized(DAY).replace(/\s+/g, ' ');
    expect(printed).toContain('nothing leaves');
    expect(printed).toMatch(
      /warning: \S+residency\.yaml:2:\d+: factsKeys\.second: is deprecated, and version 0\.4\.0 refuses/,
    );
  } finally {
    list.pop();
  }
});

test('a synth writes the evidence by the facts in force, and a refusal deletes it with the manifest', () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'out-'));
  synthesized(dayAfter(0), outdir);
  const file = path.join(outdir, 'residency-evidence.json');
  expect(JSON.parse(readFileSync(file, 'utf8')).head).toMatchObject({ date: DAY, facts: { release: '1' } });
  withholdAssembly(outdir);
  expect(readdirSync(outdir).filter((name) => /evidence|^manifest/.test(name))).toEqual(['manifest.json.withheld']);
});
