import { GitLabRepository } from './gitlab-repository';
import { pack } from './pack';
import { run } from './run';

// npm installs the package twice, perhaps on a busy machine.
jest.setTimeout(300_000);

test('a newcomer has an annotated merge request after three commands', () => {
  const repository = new GitLabRepository(pack());
  expect(GitLabRepository.COMMANDS).toHaveLength(3);
  for (const command of GitLabRepository.COMMANDS) run(repository.folder, 'sh', '-c', command);
  const location = { path: 'stacks/chat.json', lines: { begin: 11 } };
  expect(repository.mergeRequest()).toEqual({
    code: 1,
    annotations: [expect.objectContaining({ check_name: 'place-outside', severity: 'blocker', location })],
  });
});
