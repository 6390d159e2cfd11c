import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Aws } from '../harness/aws';
import type { Cdk } from '../harness/cdk';
import { WORK } from '../harness/folders';
import { patched, refused } from '../harness/patched';
import type { Report } from '../harness/report';
import { sampleText } from '../harness/sample';
import type { OwnNetwork } from './own-network';
import { RefusedCreation } from './refused-creation';
import { PROFILE } from './requests';

const FOUNDATION = 'exemple-foundation';
const STACKS = [FOUNDATION, 'exemple-projects', 'exemple-workspace-sciences'];

/** A profile of the facts that the simulated Bedrock routes out of the boundary. */
const ROUTED_OUTSIDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

/** @returns the assembly that is deployed at last, and the outputs of its stacks */
export async function firstDeployment(
  report: Report,
  aws: Aws,
  cdk: Cdk,
  network: OwnNetwork,
): Promise<{ readonly assembly: string; readonly outputs: Awaited<ReturnType<Cdk['deploy']>> }> {
  const refusedCreation = new RefusedCreation(report, aws, cdk);
  const existing = `${network.yaml}    endpoints: { s3: existing, dynamodb: existing }\n`;
  const synth = async (name: string, text: string, build = false) => {
    const [config, assembly] = [path.join(WORK, `${name}.yaml`), path.join(WORK, `assembly-${name}`)];
    writeFileSync(config, text);
    await report.require(
      `cdk synth: ${name}`,
      () => (build ? cdk.build : cdk.synth).call(cdk, assembly, config),
      () => '',
    );
    return { config, assembly };
  };

  await report.group('refused by EC2: an endpoint exists', async () => {
    const all = await synth('all-endpoints', sampleText() + network.yaml, true);
    const reason = /already has a route/;
    await refusedCreation.check('a gateway endpoint exists', { stack: FOUNDATION, reason, ...all });
  });
  await report.group('refused by the check: a profile leaves the boundary', async () => {
    const outside = await synth('outside', sampleText().replaceAll(PROFILE, ROUTED_OUTSIDE) + existing);
    const reason = /fix this, then repeat it with two commands: aws cloudformation .* and npx cdk deploy --all/;
    await refusedCreation.check('Bedrock routes a profile elsewhere', { stack: FOUNDATION, reason, ...outside });
  });

  const sample = await synth('own-network', sampleText() + existing);
  for (const stack of STACKS) {
    await report.group(`refused after everything else was created: ${stack}`, async () => {
      const broken = patched(sample.assembly, `assembly-refused-${stack}`, stack, ({ Resources }) => {
        const others = Object.keys(Resources);
        const key = others.find((id) => Resources[id]?.Type === 'AWS::KMS::Key') ?? '';
        Resources.Refused = refused(key, others);
      });
      const refusal = { stack, assembly: broken, reason: /reserved alias\/aws\//, config: sample.config };
      await refusedCreation.check('KMS refuses an alias', refusal);
      await report.require(
        `${stack}: the second command deploys it`,
        () => cdk.deploy(sample.assembly, [stack]),
        () => '',
      );
      await refusedCreation.requireCreated(stack);
    });
  }
  const outputs = await report.require(
    'cdk deploy --all changes nothing',
    () => cdk.deploy(sample.assembly),
    () => '',
  );
  return { assembly: sample.assembly, outputs };
}
