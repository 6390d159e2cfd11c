import { JsonAnswer } from '@/lib/runtime/http/json-answer';

const value = { text: 'Grüß Gott', missing: undefined };

test.each([{}, { status: 429, headers: { 'retry-after': '1' } }])(
  'to its reader, it is an answer as the platform makes it: %j',
  async (init) => {
    const [own, platform] = [new JsonAnswer(value, init), Response.json(value, init)];
    expect(own).toBeInstanceOf(Response);
    const copy = own.clone();
    for (const one of [own, copy]) {
      expect([one.status, one.ok, [...one.headers]]).toEqual([platform.status, platform.ok, [...platform.headers]]);
    }
    expect(own.content).toBe(await platform.text());
    expect([own.bodyUsed, await own.text(), own.bodyUsed]).toEqual([false, own.content, true]);
    expect(await copy.text()).toBe(own.content);
    expect(Buffer.from(await new JsonAnswer(value).bytes()).toString()).toBe(own.content);
    expect(await new JsonAnswer(value).json()).toEqual({ text: 'Grüß Gott' });
  },
);

test.each(['before', 'after'])('a header that is set %s the headers are read is among them', (when) => {
  const answer = new JsonAnswer(value);
  if (when === 'after') answer.headers.set('x-one', '1');
  answer.setHeader('x-two', '2');
  expect(answer.plainHeaders()).toMatchObject({ 'content-type': 'application/json', 'x-two': '2' });
  expect(answer.headers.get('x-two')).toBe('2');
  expect(answer.plainHeaders()['x-one']).toBe(when === 'after' ? '1' : undefined);
});
