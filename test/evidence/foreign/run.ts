/**
 * `npm run test:evidence` reads signed reports with other programs: OSCAL with compliance-trestle, and the DSSE envelope with securesystemslib.
 * Both are installed at locked versions into `.local`. If LibreOffice is there, it opens each CSV file and must return the same cells.
 * Without Python it prints the reason and exits with 77.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EVIDENCE_FORMATS } from '@/lib/evidence/formats/formats';
import { localSigner } from '@/lib/evidence/sign/keys';
import { signatureOf } from '@/lib/evidence/sign/sign-files';
import { evidenceOf, resources, stack } from '../support/app';

const NOT_RUN = 77;
const REQUIREMENTS = path.join(__dirname, 'requirements.txt');
const KEYS = { Ed25519: generateKeyPairSync('ed25519'), 'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }) };

function installed(): string {
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  const folder = path.join(process.cwd(), '.local/evidence', digest);
  const python = path.join(folder, 'bin/python');
  if (existsSync(path.join(folder, 'done'))) return python;
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  execFileSync(python, [...pip, '-r', REQUIREMENTS], { stdio: 'inherit' });
  writeFileSync(path.join(folder, 'done'), '');
  return python;
}

async function report({ privateKey, publicKey }: (typeof KEYS)[keyof typeof KEYS]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'evidence-'));
  const evidence = evidenceOf([stack(resources())]);
  const files = Object.values(EVIDENCE_FORMATS).flatMap((render) => render(evidence, 'en'));
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  for (const { name, content } of [...files, await signatureOf(evidence, files, localSigner(pem))]) {
    writeFileSync(path.join(folder, name), content);
  }
  writeFileSync(path.join(folder, 'key.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
  return folder;
}

/** The files that LibreOffice doesn't return as they were; none if it isn't installed. */
function differing(folder: string): string[] | undefined {
  if (spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status !== 0) return undefined;
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  const out = mkdtempSync(path.join(tmpdir(), 'office-'));
  // Separator, quote mark, UTF-8, from the first line, every cell as text.
  const filter = '44,34,76,1,,0,false,true';
  const files = names.map((name) => path.join(folder, name));
  const profile = `-env:UserInstallation=file://${out}/profile`;
  const to = ['--convert-to', `csv:Text - txt - csv (StarCalc):${filter}`, `--infilter=CSV:${filter}`, '--outdir', out];
  execFileSync('soffice', [profile, '--headless', ...to, ...files], { stdio: 'ignore' });
  const cells = (file: string) =>
    readFileSync(file, 'utf8')
      .replace(/"|\r|,+(?=\r?$)/gm, '')
      .trimEnd();
  return names.filter((name) => cells(path.join(folder, name)) !== cells(path.join(out, name)));
}

async function main(): Promise<number> {
  if (spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status !== 0) {
    console.error('not run: it needs python3 with venv');
    return NOT_RUN;
  }
  const python = installed();
  let failed = 0;
  for (const [name, pair] of Object.entries(KEYS)) {
    console.log(`a report signed with ${name}`);
    const folder = await report(pair);
    const check = path.join(__dirname, 'check.py');
    failed += spawnSync(python, [check, folder, path.join(folder, 'key.pub')], { stdio: 'inherit' }).status ?? 1;
    const differences = differing(folder);
    console.log(`LibreOffice: ${differences === undefined ? 'not installed' : `${differences.length} files differ`}`);
    failed += differences?.length ?? 0;
  }
  return failed === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
