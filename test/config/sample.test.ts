import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { withOptions } from '../support/sample-options';

const ROOT = path.join(__dirname, '../..');
const SAMPLE = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
const metadata = readFileSync(path.join(ROOT, 'examples/university/idp-metadata.xml'), 'utf8');

test('each option of the sample is valid after its # is removed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sample-'));
  writeFileSync(path.join(folder, 'idp-metadata.xml'), metadata.replaceAll('idp.universite.example', 'idp.example.eu'));
  const { deployment, declarations } = readConfig(withOptions(SAMPLE), path.join(folder, 'residency.yaml'));
  expect(deployment).toMatchObject({
    account: '111122223333',
    tags: { 'cost-centre': '4711' },
    recoveryRegion: 'eu-west-1',
    network: { vpc: { id: 'vpc-0123456789abcdef0' } },
    domain: { name: 'ai.example.eu', hostedZone: { name: 'example.eu' } },
  });
  expect(deployment?.providers?.declared.map(({ name }) => name)).toEqual(['ovh-eu', 'azure-eu']);
  expect(deployment?.models[0]?.destinations[2]).toMatchObject({ id: 'azure-eu/gpt-5-4-eu' });
  expect(deployment?.workspaces).toMatchObject([
    {
      identity: { provider: { kind: 'saml' } },
      limits: { tokensPerMemberPerDay: 100_000 },
      courses: [{ id: 'algebra', group: 'algebra-2027', until: '2027-06-30', budget: { tokens: 50_000_000 } }],
    },
  ]);
  expect(declarations.places).toHaveLength(1);
});
