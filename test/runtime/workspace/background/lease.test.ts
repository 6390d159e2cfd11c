import { storedContent } from '@/lib/runtime/workspace/content';
import { LocalJobs } from './support/local-jobs';

let jobs: LocalJobs;
beforeEach(() => {
  jobs = new LocalJobs();
});
afterEach(() => jobs.close());

test.each(['release', 'requeue'] as const)(
  'a renewal that arrives after a %s does not bring the lease back',
  async (end) => {
    const { local } = jobs;
    const { id } = await jobs.openai().responses.create({ model: 'assistant', input: 'one', background: true });
    const background = { queue: local.queue(), jobsPerMember: 4 };
    const content = storedContent({
      ...local.stores(),
      keyring: local.newKeyring(),
      background,
      now: () => new Date(local.time),
    });
    const { running } = (await content.jobsOf({ id: 'ada' })) ?? {};
    const take = async () => {
      const found = await running?.find('ada', id);
      return found && running?.lease(found);
    };
    const first = await take();
    expect(await first?.renew()).toBe(true);
    expect(await take()).toBeUndefined();
    await first?.[end]();
    expect(await first?.renew()).toBe(false);
    expect(await take()).toBeDefined();
  },
);
