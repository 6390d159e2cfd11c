import { exampleRequest } from '@/lib/cli/serve/example-request';

const url = 'http://127.0.0.1:8787';
const served = {
  projects: [
    { id: 'search', url: `${url}/projects/v1`, key: 'search-key' },
    { id: 'desk', url: `${url}/projects/v1`, key: 'desk-key' },
  ],
  workspaces: [
    {
      id: 'desk',
      url: `${url}/workspaces/desk/v1`,
      tokens: { member: 'member', otherMember: 'other', admin: 'admin', auditor: 'auditor' },
    },
  ],
  chats: new Set(['assistant']),
};
const keys = {
  project: (id: string) => `${id}-key`,
  member: (workspace: string, role: string) => `${workspace}-${role}`,
};
const lineFor = (search: string[], desk: string[], workspace: string[]) =>
  exampleRequest(
    served,
    {
      projects: [
        { id: 'search', models: search, limits: {} },
        { id: 'desk', models: desk, limits: {} },
      ],
      workspaces: [{ id: 'desk', models: workspace } as never],
    },
    keys,
  );
const CHAT = '/chat/completions';

test.each([
  [
    'a chat, though embeddings come first',
    ['embed', 'assistant'],
    [],
    [],
    `/projects/v1${CHAT}`,
    'search-key',
    'assistant',
  ],
  ['a project that chats', ['embed'], ['embed', 'assistant'], [], `/projects/v1${CHAT}`, 'desk-key', 'assistant'],
  [
    'a workspace that chats',
    ['embed'],
    ['embed'],
    ['assistant'],
    `/workspaces/desk/v1${CHAT}`,
    'desk-member',
    'assistant',
  ],
  ['embeddings, where nothing chats', ['embed'], [], ['embed'], '/projects/v1/embeddings', 'search-key', 'embed'],
])('the line to paste asks for %s', (_, search, desk, workspace, path, key, model) => {
  const line = lineFor(search, desk, workspace);
  expect(line).toContain(`curl ${url}${path} -H "authorization: Bearer ${key}"`);
  expect(line).toContain(`{"model":"${model}",`);
});
