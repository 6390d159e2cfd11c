import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { accessTable } from '@/lib/report/access/access-table';
import { accessTo } from '@/lib/report/access/access-to-keys';
import { inventory } from '@/lib/report/inventory';
import { inventoryTable } from '@/lib/report/inventory-table';
import { allowedModels } from '@/lib/report/models/allowed-models';
import { modelsTable } from '@/lib/report/models/models-table';

// The sample is synthesized, on a machine that may be busy.
jest.setTimeout(120_000);

const NOW = new Date('2026-11-24');
const EU = ResidencyBoundary.eu();

/** The templates of the sample with the paths of its constructs, as the CDK CLI has them written. */
const templates = (() => {
  const before = process.env.CDK_CONTEXT_JSON;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:enable-path-metadata': true });
  try {
    const outdir = mkdtempSync(path.join(tmpdir(), 'sample-'));
    const config = path.join(__dirname, '../../residency.yaml');
    return readAssembly(ResidencyDeployment.fromFile({ config, outdir }).synth().directory).templates;
  } finally {
    if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = before;
  }
})();

const lines = inventory(templates, EU, NOW);
const TABLES: Readonly<Record<string, (width?: number) => string>> = {
  'the inventory': (width) => inventoryTable(lines, { width }),
  'the inventory with every store': (width) => inventoryTable(lines, { width, all: true }),
  'the access to keys': (width) => accessTable(accessTo(templates), undefined, width),
  'the models of Paris': (width) => modelsTable(allowedModels(EU, 'eu-west-3', NOW), width),
};
const names = Object.keys(TABLES);

describe.each([80, 160])('at %d columns', (width) => {
  test.each(names)('%s of the sample fits, and is as recorded', (name) => {
    const table = TABLES[name]?.(width) ?? '';
    expect(table.split('\n').filter((line) => line.length > width)).toEqual([]);
    expect(table).toMatchSnapshot();
  });
});

test('the inventory in a file has one line per store', () => {
  const table = inventoryTable(lines).split('\n');
  for (const { name, kind, region } of lines) {
    expect(
      table.filter((line) => line.startsWith(`  ${name} (${kind}) `) && line.includes(` ${region} `)),
    ).toHaveLength(1);
  }
});
