import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';

/** The types of the metadata that CDK adds to a resource of an app. */
function metadataIn(create: (props: { config: string; outdir: string }) => ResidencyDeployment): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'traces-'));
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(config, 'boundary: eu\n');
  const app = create({ config, outdir: path.join(folder, 'cdk.out') });
  const { node } = new CfnResource(new Stack(app, 'Own'), 'Topic', { type: 'AWS::SNS::Topic' });
  return node.metadata.map(({ type }) => type);
}

const TRACE = 'aws:cdk:creationStack';

test("an app to which a user adds stacks notes the lines that create each resource, and the package's own app doesn't", () => {
  expect(metadataIn((props) => ResidencyDeployment.fromFile(props))).toContain(TRACE);
  expect(metadataIn((props) => ResidencyDeployment._alone(props))).not.toContain(TRACE);
});
