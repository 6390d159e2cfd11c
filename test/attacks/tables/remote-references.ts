import type { AttackTable, RequestAttack } from '../attack';
import type { Sent } from '../target';

const model = 'assistant';

const URLS = [
  'http://127.0.0.1:9/schema',
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://localhost:2019/config',
  'https://evil.example/schema.json',
  '//evil.example/schema.json',
  'file:///etc/passwd',
  'file:///var/task/policy.json',
  's3://sciences-files/content/member',
  'gopher://127.0.0.1:6379/_INFO',
  'HTTPS://EVIL.EXAMPLE/x',
  'http://0x7f000001/',
];

type Post = Pick<Sent, 'path' | 'body'>;

const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
const within = (url: string) => ({ ...SCHEMA, properties: { a: { $ref: url } } });
const user = (part: object) => ({ role: 'user', content: [part] });
const chat = (body: object): Post => ({
  path: '/v1/chat/completions',
  body: { model, messages: [{ role: 'user', content: 'hi' }], ...body },
});
const response = (body: object): Post => ({ path: '/v1/responses', body: { model, input: 'hi', ...body } });
const message = (body: object): Post => ({
  path: '/v1/messages',
  body: { model, max_tokens: 9, messages: [{ role: 'user', content: 'hi' }], ...body },
});

/** A place of a request in which a schema or an address can be. */
const PLACES: Readonly<Record<string, (url: string) => Post>> = {
  'the schema of a chat': (url) =>
    chat({ response_format: { type: 'json_schema', json_schema: { name: 'a', schema: within(url) } } }),
  'a tool of a chat': (url) =>
    chat({ tools: [{ type: 'function', function: { name: 'f', parameters: within(url) } }] }),
  'the schema of a response': (url) =>
    response({ text: { format: { type: 'json_schema', name: 'a', schema: within(url) } } }),
  'a tool of a response': (url) => response({ tools: [{ type: 'function', name: 'f', parameters: within(url) }] }),
  'a tool of a message': (url) => message({ tools: [{ name: 'f', input_schema: within(url) }] }),
  'the dialect of a schema': (url) =>
    response({ text: { format: { type: 'json_schema', name: 'a', schema: { ...SCHEMA, $dynamicRef: url } } } }),
  'an image of a chat': (url) => chat({ messages: [user({ type: 'image_url', image_url: { url } })] }),
  'an image of a response': (url) => response({ input: [user({ type: 'input_image', image_url: url })] }),
  'a file of a response': (url) => response({ input: [user({ type: 'input_file', file_url: url })] }),
  'a file of a chat': (url) =>
    chat({ messages: [user({ type: 'file', file: { file_data: url, filename: 'a.pdf' } })] }),
  'an image of a message': (url) => message({ messages: [user({ type: 'image', source: { type: 'url', url } })] }),
  'a document of a message': (url) => message({ messages: [user({ type: 'document', source: { type: 'url', url } })] }),
  'a server of tools': (url) => response({ tools: [{ type: 'mcp', server_label: 'x', server_url: url }] }),
  'a server of tools of a message': (url) => message({ mcp_servers: [{ type: 'url', url, name: 'x' }] }),
  'a search on the web': (url) => response({ tools: [{ type: 'web_search', filters: { allowed_domains: [url] } }] }),
};

/** Addresses that the gateway doesn't fetch, and that no destination may get to fetch. */
export const REMOTE_REFERENCES: AttackTable = {
  title: 'remote references',
  attacks: (['otherMember', 'project'] as const).flatMap((as) =>
    Object.entries(PLACES).flatMap(([place, make]) =>
      URLS.map(
        (url): RequestAttack => ({ name: `${as}: ${place}: ${url}`, request: { as, method: 'POST', ...make(url) } }),
      ),
    ),
  ),
};
