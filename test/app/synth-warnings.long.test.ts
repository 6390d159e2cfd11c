import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { usableTargets } from '@/lib/config/model/usable';
import { PACKAGED } from '@/lib/facts/packaged';

// It synthesizes a deployment.
jest.setTimeout(120_000);

const EU = ResidencyBoundary.eu();
const FRANKFURT = 'eu-central-1';
/** A profile of today's facts, for a project, that routes to Milan, and a model that doesn't. */
const targets = usableTargets(EU, FRANKFURT).filter(
  ({ modelId }) => mayServeWithoutRetention(PACKAGED, modelId).inside,
);
const reaches = (id: string) => {
  const decision = decideDestination(EU, FRANKFURT, id);
  return decision.inside ? decision.destination.regions : [];
};
const wide = targets.find(({ id }) => reaches(id).includes('eu-south-1'))?.id ?? 'none';
const near = targets.find(({ id }) => reaches(id).length === 1)?.id ?? 'none';

/** What synthesis prints for a project with these destinations. */
function printed(...ids: string[]): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'warnings-'));
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(
    config,
    `boundary: eu
name: exemple
regions: { primary: ${FRANKFURT} }
alerts: { none: a test }
models: [{ id: assistant, destinations: [${ids.map((id) => `{ bedrock: '${id}' }`).join(', ')}] }]
projects: [{ id: bot, models: [assistant] }]
`,
  );
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  try {
    ResidencyDeployment.fromFile({ config, outdir: path.join(folder, 'out') }).report();
  } finally {
    spy.mockRestore();
  }
  return lines
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('warning: '));
}

test('synth prints each warning on a line of its own, and none if there is none', () => {
  const lines = printed(wide, near).filter((line) => /enable|opt-in/.test(line));
  expect(lines).toEqual([
    expect.stringMatching(
      /^warning: model 'assistant' may be processed in .*aws account enable-region --region-name eu-south-1/,
    ),
    expect.stringMatching(/^warning: the first destination of model 'assistant', .* needs opt-in Regions/),
  ]);
  expect(printed(near).filter((line) => /enable|opt-in/.test(line))).toEqual([]);
});
