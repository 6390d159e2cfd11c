import * as z from 'zod/mini';
import type { ContentRequest, ContentRoute, Removal } from '../../gateway/context/content';
import { readQuery } from '../../http/page';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { guarded } from '../store/guarded';
import type { PromptContent, Prompts } from './prompts';
import type { Shares } from './shares';

const content = {
  instructions: z.string().check(z.minLength(1), z.maxLength(50_000)),
  model: z.nullish(z.string().check(z.minLength(1), z.maxLength(128))),
  // Converse's limit of one turn.
  files: z.nullish(z.array(z.string().check(z.maxLength(128))).check(z.maxLength(20))),
};
const newVersion = z.strictObject(content);
const newShare = z.strictObject({ group: z.string().check(z.minLength(1), z.maxLength(256)) });
const newPrompt = z.strictObject({ ...content, name: z.nullish(z.string().check(z.maxLength(255))) });

/** The paths of reusable prompts. OpenAI's API uses prompts and has no paths to create them, so these are ours. */
export function promptRoutes(prompts: Prompts, shares: Shares): ContentRoute[] {
  const id = ({ params }: ContentRequest) => params.id ?? '';
  return [
    route('POST', '/v1/prompts', 'nothing', async ({ request, member, requireModel }) => {
      const { name, ...given } = parseRequest(newPrompt, await readJson(request), ['instructions']);
      return prompts.create(member.id, name ?? null, contentOf(given, requireModel));
    }),
    route('GET', '/v1/prompts', 'nothing', ({ request, member }) =>
      prompts.list(member.id, readQuery(request, ['after', 'limit', 'order'])),
    ),
    route('GET', '/v1/prompts/:id', 'nothing', (call) => prompts.find(call.member.id, id(call))),
    route('DELETE', '/v1/prompts/:id', 'of-any', async (call) => {
      // A deletion that is interrupted leaves the prompt, and is repeated.
      await shares.endOf(call.member.id, id(call));
      await prompts.delete(call.member.id, id(call));
      return { id: id(call), object: 'prompt.deleted', deleted: true };
    }),
    route('POST', '/v1/prompts/:id/versions', 'nothing', async (call) => {
      const given = parseRequest(newVersion, await readJson(call.request), ['instructions']);
      return prompts.addVersion(call.member.id, id(call), contentOf(given, call.requireModel));
    }),
    route('GET', '/v1/prompts/:id/versions', 'nothing', (call) => prompts.versions(call.member.id, id(call))),
    route('POST', '/v1/prompts/:id/shares', 'of-any', async (call) => {
      const { group } = parseRequest(newShare, await readJson(call.request), ['group']);
      return shares.create(call.member, id(call), group);
    }),
    route('GET', '/v1/prompts/:id/shares', 'nothing', async (call) => {
      await prompts.find(call.member.id, id(call));
      return shares.list(call.member.id, id(call));
    }),
    route('DELETE', '/v1/prompts/:id/shares/:share', 'of-any', async (call) => {
      const share = call.params.share ?? '';
      await shares.end(call.member.id, id(call), share);
      return { id: share, object: 'shared_prompt.deleted', deleted: true };
    }),
    route('GET', '/v1/shared_prompts', 'nothing', ({ request, member }) =>
      shares.sharedWith(member, readQuery(request, ['group', 'after', 'limit', 'order'])),
    ),
  ];
}

function route(
  method: ContentRoute['method'],
  path: string,
  removes: Removal,
  serve: (call: ContentRequest) => Promise<unknown>,
): ContentRoute {
  const answer = async (call: ContentRequest) => Response.json(await guarded((async () => serve(call))()));
  return { route: 'prompts', method, path, removes, serve: answer };
}

function contentOf(
  { instructions, model, files }: z.infer<typeof newVersion>,
  requireModel: ContentRequest['requireModel'],
): PromptContent {
  if (model) requireModel(model);
  return { instructions, ...(model && { model }), files: files ?? [] };
}
