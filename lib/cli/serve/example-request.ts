import type { DeploymentConfig } from '../../config/model/config';
import type { Served } from '../../local/serve';
import type { ShellKeys } from './token-files';

/** A line to paste that gets an answer: a chat if any tenant has a model for one, otherwise an embedding. */
export function exampleRequest(
  { projects, workspaces, chats }: Pick<Served, 'projects' | 'workspaces' | 'chats'>,
  deployment: Pick<DeploymentConfig, 'projects' | 'workspaces'>,
  keys: ShellKeys,
): string {
  const modelsOf = (tenants: readonly { id: string; models: readonly string[] }[], id: string) =>
    tenants.find((tenant) => tenant.id === id)?.models ?? [];
  const callable = [
    ...projects.flatMap(({ id, url }) =>
      modelsOf(deployment.projects, id).map((model) => ({ url, key: keys.project(id), model })),
    ),
    ...workspaces.flatMap(({ id, url }) =>
      modelsOf(deployment.workspaces, id).map((model) => ({ url, key: keys.member(id, 'member'), model })),
    ),
  ];
  const chat = callable.find(({ model }) => chats.has(model));
  const { url, key, model } = chat ?? callable[0] ?? { url: '', key: '', model: '' };
  const [path, body] = chat
    ? ['chat/completions', { model, messages: [{ role: 'user', content: 'Guten Tag' }] }]
    : ['embeddings', { model, input: 'Guten Tag' }];
  return `curl ${url}/${path} -H "authorization: Bearer ${key}" -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}
