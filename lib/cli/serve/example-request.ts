import type { DeploymentConfig } from '../../config/model/config';
import type { Served } from '../../local/serve';

/** A line to paste that is answered: a chat where any tenant has a model for one, and else an embedding. */
export function exampleRequest(
  { projects, workspaces, chats }: Pick<Served, 'projects' | 'workspaces' | 'chats'>,
  deployment: Pick<DeploymentConfig, 'projects' | 'workspaces'>,
): string {
  const modelsOf = (tenants: readonly { id: string; models: readonly string[] }[], id: string) =>
    tenants.find((tenant) => tenant.id === id)?.models ?? [];
  const callable = [
    ...projects.flatMap(({ id, url, key }) => modelsOf(deployment.projects, id).map((model) => ({ url, key, model }))),
    ...workspaces.flatMap(({ id, url, tokens }) =>
      modelsOf(deployment.workspaces, id).map((model) => ({ url, key: tokens.member, model })),
    ),
  ];
  const chat = callable.find(({ model }) => chats.has(model));
  const { url, key, model } = chat ?? callable[0] ?? { url: '', key: '', model: '' };
  const [path, body] = chat
    ? ['chat/completions', { model, messages: [{ role: 'user', content: 'Guten Tag' }] }]
    : ['embeddings', { model, input: 'Guten Tag' }];
  return `curl ${url}/${path} -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}
