import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { documentTrees } from '@/lib/evidence/documents/document-trees';
import { MEASURES, type Measure, measuresOf } from '@/lib/evidence/statements/measures';
import { subProcessorChanges, subProcessors } from '@/lib/evidence/statements/sub-processors';
import { html } from '@/lib/evidence/tree/html';
import { limitsData } from '@/scripts/pages/limits-data';
import { EVIDENCE, model, row } from './evidence-fixture';

const annexOf = (...args: Parameters<typeof documentTrees>): string => {
  const annex = documentTrees(...args).find(({ name }) => name.includes('article-28'));
  return annex === undefined ? '' : html(annex.tree);
};

const REPOSITORY = path.join(__dirname, '../../..');

test('are the operator of the infrastructure, and each maker or host of a model with its Regions', () => {
  const models = [
    model('eu.anthropic.claude-b', ['eu-west-1'], 'nothing'),
    model('eu.anthropic.claude-a in eu-west-3', ['eu-central-1'], 'nothing'),
    model('openai.gpt-oss-120b-1:0', ['eu-central-1'], 'prompts, 30 days'),
    model('vpc/10.0.0.8:8000/llama', [], 'what its owner configures'),
    model('eu.guardrail.v1:0', ['eu-west-3'], 'unknown'),
  ];
  expect(subProcessors({ ...EVIDENCE, models })).toEqual([
    { name: 'Amazon Web Services', role: 'operator', regions: ['eu-central-1', 'eu-west-1', 'eu-west-3'] },
    { name: 'anthropic', role: 'maker', regions: ['eu-central-1', 'eu-west-1'], retains: 'nothing' },
    { name: 'openai', role: 'retainer', regions: ['eu-central-1'], retains: 'prompts, 30 days' },
    { name: 'vpc/10.0.0.8:8000/llama', role: 'own server', regions: [], retains: 'what its owner configures' },
  ]);
});

test('one that retains something for one of its models counts as retaining', () => {
  const models = [model('eu.x.a', ['eu-west-1'], 'nothing'), model('eu.x.b', ['eu-west-1'], 'prompts, 30 days')];
  expect(subProcessors({ ...EVIDENCE, models })[1]).toMatchObject({
    role: 'retainer',
    retains: 'nothing; prompts, 30 days',
  });
});

describe('compared with those of an earlier report', () => {
  const before = {
    ...EVIDENCE,
    models: [model('eu.gone.a', ['eu-west-1'], 'nothing'), model('eu.x.a', ['eu-west-1'], 'nothing')],
  };
  const after = {
    ...EVIDENCE,
    models: [model('eu.new.a', ['eu-west-1'], 'nothing'), model('eu.x.a', ['eu-west-3'], 'nothing')],
  };

  test('are added, removed or changed', () => {
    const changes = subProcessorChanges(before, after).map(({ kind, before, after }) => [
      kind,
      (after ?? before)?.name,
    ]);
    expect(changes).toEqual([
      ['removed', 'gone'],
      ['added', 'new'],
      ['changed', 'x'],
    ]);
    expect(subProcessorChanges(after, after)).toEqual([]);
  });

  test('are listed in the annex', () => {
    const annex = (previous?: typeof before) => annexOf(after, { language: 'en', ...(previous && { previous }) });
    expect(annex(before)).toContain('<td><code>gone</code></td><td>removed</td>');
    expect(annex(after)).toContain('No change since the report of 2026-11-30.');
    expect(annex()).toContain('No earlier report was given for comparison.');
  });
});

describe('measures', () => {
  test('name tests that exist', () => {
    const tests = (Object.values(MEASURES) as Measure[]).flatMap((measure) => measure.tests);
    expect(tests.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
    expect((Object.values(MEASURES) as Measure[]).filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  test('are listed only where they apply, with the paths of their templates', () => {
    const ids = (evidence: typeof EVIDENCE) => measuresOf(evidence).map(({ id }) => id);
    expect(ids(EVIDENCE)).not.toContain('recovery');
    const flow = { ...row('r', '/Resources/Replica'), kind: 'replication' as const, from: 'a', to: 'b' };
    expect(ids({ ...EVIDENCE, flows: [flow] })).toContain('recovery');
    expect(ids({ ...EVIDENCE, tenants: [] })).toEqual(['boundary']);
    expect(annexOf(EVIDENCE, { language: 'fr' })).toContain(
      'exemple-workspace-sciences.template.json#/Resources/WorkspaceBranchKeysTable',
    );
  });
});

test('the sections of the limits are those of the page', () => {
  expect(readFileSync(path.join(REPOSITORY, limitsData.file), 'utf8')).toBe(limitsData.render());
});
