import type { ServerDestination } from '@/lib/boundary/server';
import { parseChat } from '@/lib/runtime/gateway/chat/serve-chat';
import { toModelRequest } from '@/lib/runtime/gateway/chat/to-model-request';
import { estimatedTokens } from '@/lib/runtime/gateway/files/file-tokens';
import { requireSendable } from '@/lib/runtime/gateway/files/model-file';
import { prepare } from '@/lib/runtime/gateway/fit/prepare';
import { toModelRequest as toResponseRequest } from '@/lib/runtime/gateway/items/to-model-request';
import { toChatBody } from '@/lib/runtime/gateway/openai/chat-body';
import { parseResponse } from '@/lib/runtime/gateway/responses/serve-responses';
import { SAMPLES } from '@/test/runtime/workspace/files/support/samples';
import { errorOf, gatewayFor, NO_BEDROCK, post } from '../support/gateway';
import { PROJECT, WORKSPACE_RULES } from '../support/policies';

const url = (type: string, content: Uint8Array) => `data:${type};base64,${Buffer.from(content).toString('base64')}`;
const PDF = url('application/pdf', SAMPLES.pdf);
const TEXT = url('text/plain', SAMPLES.txt);

const chat = (...data: string[]) => {
  const content = data.map((file_data) => ({ type: 'file', file: { file_data, filename: 'CANARY' } }));
  return toModelRequest(parseChat({ model: 'assistant', messages: [{ role: 'user', content }] }, false));
};
const server = (provider: 'openai' | 'vpc') => ({ provider, modelId: 'm' }) as unknown as ServerDestination;

test('inline files are sent as documents, each with a unique name that reveals nothing', () => {
  expect(chat(PDF, TEXT).converse.messages).toEqual([
    {
      role: 'user',
      content: [
        { document: { format: 'pdf', name: 'document-1', source: { bytes: SAMPLES.pdf } } },
        { document: { format: 'txt', name: 'document-2', source: { bytes: SAMPLES.txt } } },
        { text: 'See the document.' },
      ],
    },
  ]);
});

test('servers other than Bedrock receive text files as text, and only OpenAI receives a PDF', () => {
  const text = { type: 'text', text: `document-1:\n${SAMPLES.txt}` };
  const see = { type: 'text', text: 'See the document.' };
  expect(toChatBody(chat(TEXT), server('vpc')).messages).toEqual([{ role: 'user', content: [text, see] }]);
  expect(prepare(chat(TEXT), server('vpc'), WORKSPACE_RULES)).not.toHaveProperty('cannot');
  const file = { type: 'file', file: { filename: 'document-1.pdf', file_data: PDF } };
  expect(toChatBody(chat(PDF), server('openai')).messages).toEqual([{ role: 'user', content: [file, see] }]);
  expect(prepare(chat(PDF), server('openai'), WORKSPACE_RULES)).not.toHaveProperty('cannot');
  expect(prepare(chat(PDF), server('vpc'), WORKSPACE_RULES)).toEqual({
    cannot: 'messages',
    why: "this model doesn't support PDF",
  });
});

test('servers other than Bedrock receive no image from a tool, and the error names its parameter', () => {
  const input = [
    { role: 'user', content: 'q' },
    { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    {
      type: 'function_call_output',
      call_id: 'c',
      output: [{ type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' }],
    },
  ];
  const request = toResponseRequest(parseResponse({ model: 'assistant', store: false, input }, false));
  const why = "this model doesn't accept images or documents from tools";
  expect(prepare(request, server('vpc'), WORKSPACE_RULES)).toEqual({ cannot: 'input', why });
});

test.each<[string, object, string]>([
  ['six documents in a turn', { messages: Array(6).fill(TEXT) }, 'invalid_value messages'],
  [
    'a text as a PDF',
    { messages: [url('application/pdf', SAMPLES.txt)] },
    'file_refused messages[0].content[0].file.file_data',
  ],
  [
    'what is no data URL',
    { messages: ['https://example.com/a.pdf'] },
    'invalid_value messages[0].content[0].file.file_data',
  ],
  [
    'a zip',
    { messages: [url('application/zip', Buffer.from('504b0304', 'hex'))] },
    'file_refused messages[0].content[0].file.file_data',
  ],
])('a chat with %s is refused', async (_, { messages }: { messages?: string[] }, expected) => {
  const content = messages?.map((file_data) => ({ type: 'file', file: { file_data } }));
  const { gateway } = gatewayFor(PROJECT, NO_BEDROCK);
  const body = { model: 'assistant', messages: [{ role: 'user', content }] };
  const error = await errorOf(await gateway.fetch(post('chat/completions', body)));
  expect(error).toMatchObject({ status: 400 });
  expect(`${error.code} ${error.param}`).toBe(expected);
});

test.each([
  [20, undefined],
  [21, 'invalid_value'],
])('a turn of %d images: %s', (count, code) => {
  const image = { type: 'image_url', image_url: { url: url('image/png', SAMPLES.png) } };
  const body = { model: 'assistant', messages: [{ role: 'user', content: Array(count).fill(image) }] };
  const parsed = () => toModelRequest(parseChat(body, false));
  if (code === undefined) expect(parsed).not.toThrow();
  else expect(parsed).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['png', 3_750_000],
  ['pdf', 4_500_000],
] as const)('a %s of more than %d bytes is refused', (kind, most) => {
  expect(() => requireSendable(kind, most, 'file')).not.toThrow();
  expect(() => requireSendable(kind, most + 1, 'file')).toThrow(expect.objectContaining({ code: 'file_too_large' }));
});

test('a project refuses file ids in a chat and in a response', async () => {
  const { gateway } = gatewayFor(PROJECT, NO_BEDROCK);
  const chatted = { role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] };
  const asked = { role: 'user', content: [{ type: 'input_file', file_id: 'file-1' }] };
  for (const request of [
    post('chat/completions', { model: 'assistant', messages: [chatted] }),
    post('responses', { model: 'assistant', input: [asked] }),
  ]) {
    const error = await errorOf(await gateway.fetch(request));
    expect(error).toMatchObject({ status: 400, code: 'residency_remote_content_refused' });
  }
  const answer = await gateway.fetch(new Request('https://gateway.test/v1/files'));
  expect(answer.status).toBe(404);
});

test('a PDF is estimated at 1,000 tokens per page, or by its bytes if its pages can’t be counted', () => {
  expect(estimatedTokens('pdf', SAMPLES.pdf)).toBe(2_000);
  expect(estimatedTokens('pdf', Buffer.alloc(100_000, 0x20))).toBe(1_000);
});
