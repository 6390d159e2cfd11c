import { welcome } from '@/lib/cli/serve/welcome';
import { admittedLayers } from '@/lib/config/admitted-layers';
import { PACKAGED } from '@/lib/facts/packaged';
import { ADMITTED } from '../../support/admitted';
import { EU_NEXT } from '../../support/bedrock-answers';
import { DEPLOYMENT } from '../../support/deployment';

const url = 'http://127.0.0.1:8787/projects/v1';
const served = {
  projects: DEPLOYMENT.projects.map(({ id }) => ({ id, url, key: `${id}-key` })),
  workspaces: [],
  chats: new Set(['assistant', 'fast']),
  close: async () => {},
};
const command = {
  config: 'residency.yaml',
  port: 8787,
  data: '.eu-residency',
  upstream: 'echo',
  format: 'pretty',
} as const;
const keys = { project: (id: string) => `${id}-key`, member: () => '' };

test('what the owner admitted is repeated, with the people who did', () => {
  const line = `\n${EU_NEXT} is admitted by Ada Lovelace for Grace Hopper until 2027-04-30: coding assistant.\n`;
  expect(welcome(served, command, DEPLOYMENT, keys, admittedLayers([ADMITTED], PACKAGED))).toContain(line);
  expect(welcome(served, command, DEPLOYMENT, keys)).not.toContain('admitted');
});
