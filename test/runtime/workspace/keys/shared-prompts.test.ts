import { KeyWorkspace } from './support/key-workspace';

const SHARE = `shpmpt_${'a'.repeat(76)}`;

test.each([
  ['shares a prompt', 'POST', '/prompts/pmpt_1/shares', { group: 'physics' }, 'group'],
  ['lists what is shared', 'GET', '/shared_prompts?group=physics', undefined, 'group'],
  ['uses what is shared', 'POST', '/responses', { input: 'hi', prompt: { id: SHARE } }, 'prompt.id'],
  ['counts what is shared', 'POST', '/responses/input_tokens', { input: 'hi', prompt: { id: SHARE } }, 'prompt.id'],
])('no key %s with a group, because it names none, and the answer says so', async (_, method, path, body, param) => {
  const process = new KeyWorkspace().process();
  const { key } = await process.create('ada');
  const { status, json } = await process.send(key, `/key/v1${path}`, { method, body });
  expect([status, json.error]).toEqual([
    403,
    expect.objectContaining({
      code: 'token_required',
      param,
      message: expect.stringContaining('an API key names no groups'),
    }),
  ]);
});
