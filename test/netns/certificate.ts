import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from './upstreams';

/** A certificate for the hosts that are called over TLS. The process under test is made to trust it. */
export function certificate(folder: string, hosts: readonly Host[]): { key: string; cert: string; file: string } {
  const [key, file] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const names = hosts.filter(({ tls }) => tls).map(({ name }) => `DNS:${name}`);
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=netns'];
  const files = ['-keyout', key, '-out', file, '-addext', `subjectAltName=${names.join(',')}`];
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
