import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { parseChat } from '@/lib/runtime/gateway/chat/serve-chat';
import { toModelRequest } from '@/lib/runtime/gateway/chat/to-model-request';
import { prepare } from '@/lib/runtime/gateway/fit/prepare';
import { HELLO } from '../support/gateway';
import { PROJECT_RULES } from '../support/policies';

const decision = decideDestination(ResidencyBoundary.eu(), 'eu-central-1', 'eu.amazon.nova-lite-v1:0');
if (!decision.inside) throw new Error(decision.detail);
const { destination } = decision;

const messages = [
  { role: 'user', content: 'Weather in Lyon?' },
  {
    role: 'assistant',
    content: 'Let me look.',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Lyon"}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: '12 degrees' },
  { role: 'assistant', content: 'It is 12 degrees.' },
  { role: 'user', content: 'And in words?' },
];
const tools = [{ type: 'function', function: { name: 'weather' } }];

function converseOf(over: Record<string, unknown>) {
  const prepared = prepare(toModelRequest(parseChat({ ...HELLO, ...over }, false)), destination, PROJECT_RULES);
  if ('cannot' in prepared) throw new Error(prepared.cannot);
  return prepared.converse;
}

test.each<[string, Record<string, unknown>]>([
  ['no tools', { messages }],
  ['an empty list of tools', { messages, tools: [] }],
  ['tools, and none to be called', { messages, tools, tool_choice: 'none' }],
])('with %s Bedrock is told of earlier calls as text, and is given no tool to call', (_, over) => {
  expect(converseOf(over)).toMatchObject({
    toolConfig: undefined,
    messages: [
      { role: 'user', content: [{ text: 'Weather in Lyon?' }] },
      { role: 'assistant', content: [{ text: 'Let me look.' }, { text: '[called weather with {"city":"Lyon"}]' }] },
      { role: 'user', content: [{ text: '[weather answered: 12 degrees]' }] },
      { role: 'assistant', content: [{ text: 'It is 12 degrees.' }] },
      { role: 'user', content: [{ text: 'And in words?' }] },
    ],
  });
});

test('calls stay calls if the request has tools', () => {
  const { messages: sent, toolConfig } = converseOf({ messages, tools });
  expect(toolConfig?.tools).toHaveLength(1);
  expect(sent?.[1]?.content?.[1]).toHaveProperty('toolUse.name', 'weather');
  expect(sent?.[2]?.content?.[0]).toHaveProperty('toolResult.toolUseId', 'c1');
});

test('a conversation without calls is passed on unchanged', () => {
  const request = toModelRequest(parseChat({ ...HELLO }, false));
  expect(prepare(request, destination, PROJECT_RULES)).toMatchObject({
    converse: { messages: request.converse.messages },
  });
});
