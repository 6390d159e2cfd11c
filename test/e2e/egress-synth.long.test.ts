import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifests } from '../guard/cdk/guarded-app';
import { synth } from './synth';

// It starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const FILE = `boundary: eu
name: exemple
organisation:
  name: Université Exemple
regions:
  primary: eu-central-1
alerts: [security@example.eu]
egress: {}
openai:
  acceptsWiderEurope: { reason: the works council agreed, approver: dpo@example.eu }
  zeroRetention: true
  schemasMayLeave: false
models:
  - id: assistant
    destinations:
      - openai: gpt-5.4
      - bedrock: eu.amazon.nova-lite-v1:0
workspaces:
  - id: sciences
    edition: edu
    retention: 365d
    models: [assistant]
`;

test("a file with a destination outside AWS passes the package's own app, and all of its rules", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'residency.yaml');
  writeFileSync(file, FILE);
  const { code, output, outdir } = await synth('bin/app.ts', { RESIDENCY_CONFIG: file });
  expect(output).not.toMatch(/AwsSolutions-/);
  expect(output).toMatch(/openai\/gpt-5\.4|eu\.api\.openai\.com/);
  expect(output).toMatch(/^\d+ resources checked, \d+ exceptions used; nothing else leaves the EU/m);
  expect(code).toBe(0);
  expect(manifests(outdir)).toEqual(['manifest.json']);
});
