import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of `serve` that is used here, in its current and its earlier form. */
interface LocalServer {
  readonly projects: readonly { readonly url: string; readonly key: string }[];
  readonly workspaces: readonly { readonly url: string; readonly tokens: Readonly<Record<string, string>> }[];
  close(): Promise<void>;
}

/** The files of a checkout that a request touches: those in which a function ran. The same request has been answered once before. */
export async function touchedFiles(root: string): Promise<Record<'chat' | 'stored turn', readonly string[]>> {
  const load = createRequire(path.join(root, 'package.json'));
  const { loadConfig } = load('./lib/config/load');
  const { serve } = load(servePath(load));
  const { deployment, boundary } = loadConfig(path.join(root, 'residency.yaml'));
  const data = mkdtempSync(path.join(tmpdir(), 'figures-'));
  const server: LocalServer = await serve({
    ...{ deployment, boundary, port: 0, data: path.join(data, 'store'), upstream: 'echo', environment: {} },
    record: () => {},
  });
  try {
    const [project] = server.projects;
    const [workspace] = server.workspaces;
    if (project === undefined || workspace === undefined)
      throw new Error('residency.yaml has no project or no workspace');
    const chat = () =>
      post(`${project.url}/chat/completions`, project.key, {
        model: deployment?.projects[0]?.models[0],
        stream: true,
        messages: [{ role: 'user', content: 'Hello' }],
      });
    const token = workspace.tokens.member ?? '';
    const conversation = JSON.parse(await post(`${workspace.url}/conversations`, token, {})).id;
    const turn = () => post(`${workspace.url}/responses`, token, { model: 'assistant', input: 'Hello', conversation });
    return { chat: await touchedBy(root, chat), 'stored turn': await touchedBy(root, turn) };
  } finally {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The path of `serve`, in the current layout or the earlier one. */
function servePath(load: NodeJS.Require): string {
  const paths = ['./lib/local/serve', './lib/runtime/local/serve'];
  const found = paths.find((candidate) => {
    try {
      return load.resolve(candidate) !== '';
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`none of ${paths.join(', ')} exists`);
  return found;
}

async function post(url: string, bearer: string, body: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}

async function touchedBy(root: string, request: () => Promise<unknown>): Promise<string[]> {
  await request();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Taking the coverage resets it.
  await session.post('Profiler.takePreciseCoverage');
  await request();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const ran = result.filter(({ functions }) =>
    functions.some(({ functionName, ranges }) => functionName !== '' && ranges.some(({ count }) => count > 0)),
  );
  return ran
    .flatMap(({ url }) =>
      url.startsWith('file:') ? [path.relative(root, fileURLToPath(url))] : [path.relative(root, url)],
    )
    .filter((file) => /^(lib|bin)\//.test(file))
    .sort();
}
