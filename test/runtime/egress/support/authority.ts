import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A key and a certificate for it. */
export interface Pair {
  readonly key: string;
  readonly cert: string;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority of a test. */
export class Authority {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'authority-'));
  public readonly cert: string;
  private count = 0;

  constructor() {
    this.openssl('req', '-x509', ...EC, '-days', '2', '-subj', '/CN=test', '-keyout', 'ca.key', '-out', 'ca.pem');
    this.cert = this.read('ca.pem');
  }

  /**
   * Issues a certificate.
   *
   * @param names the names and addresses of its host, as `DNS:name` or `IP:address`
   * @param days how long it is valid; negative if it has expired
   */
  public issue(names: readonly string[], days = 2): Pair {
    const name = `leaf${this.count++}`;
    const alternatives = names.map((one) => (/^(DNS|IP):/.test(one) ? one : `DNS:${one}`)).join(',');
    writeFileSync(path.join(this.folder, `${name}.ext`), `subjectAltName=${alternatives}\n`);
    this.openssl('req', ...EC, '-subj', '/CN=leaf', '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', `${days}`];
    this.openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { key: this.read(`${name}.key`), cert: this.read(`${name}.pem`) };
  }

  public close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'ignore' });
  }

  private read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }
}
