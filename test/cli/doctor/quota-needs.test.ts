import { QUOTA_NEEDS } from '@/lib/cli/aws/doctor/quota-needs';
import type { Subject } from '@/lib/cli/aws/doctor/subject';

const concurrency = QUOTA_NEEDS.find(({ code }) => code === 'L-B99A9384');

/** The least concurrency of Lambda for a deployment with a workspace and a project. */
const least = (workspace: object, more: object = {}) =>
  concurrency?.least(
    {
      deployment: { models: [], workspaces: [{ limits: {}, ...workspace }], projects: [{}], ...more },
    } as unknown as Subject,
    'eu-central-1',
  );

test.each([
  ['two gateways and the rest', {}, {}, 30],
  ['a worker of background jobs too', { background: {} }, {}, 40],
  ['a converter of office files too', { officeFiles: true }, {}, 40],
  ['both', { background: {}, officeFiles: true }, {}, 50],
  ['an egress too', {}, { models: [{ destinations: [{ provider: 'openai' }] }] }, 40],
  // What is reserved, and a hundred.
  ['four reserved functions of jobs', {}, { jobs: { concurrency: 5 } }, 120],
  ['a reserved worker too, which needs no further ten', { background: {} }, { jobs: { concurrency: 5 } }, 125],
])('Lambda needs room for %s', async (_, workspace, more, expected) => {
  expect(await least(workspace, more)).toBe(expected);
});
