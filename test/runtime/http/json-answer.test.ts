import { JsonAnswer } from '@/lib/runtime/http/json-answer';

const value = { text: 'Grüß Gott', missing: undefined };

test.each([{}, { status: 429, headers: { 'retry-after': '1' } }])(
  'to its reader, it is an answer as the platform makes it: %j',
  async (init) => {
    const [own, platform] = [new JsonAnswer(value, init), Response.json(value, init)];
    expect([own.status, [...own.headers]]).toEqual([platform.status, [...platform.headers]]);
    expect(own.content).toBe(await platform.text());
    expect(await own.text()).toBe(own.content);
  },
);
