import { RECOVERY } from '../sample';
import type { Step } from '../step';

export const bootstrap: Step = {
  id: 'bootstrap',
  does: `Runs \`cdk bootstrap\` in the primary Region and in ${RECOVERY}. Its stacks stay after the test.`,
  hours: 0,
  costs: 'the storage of the buckets of the CDK',
  async run({ report, bootstrap: run, aws }, deployment) {
    for (const region of [aws.region, RECOVERY])
      await report.require(`cdk bootstrap in ${region}`, async () => void (await run(region)));
    return deployment;
  },
};
