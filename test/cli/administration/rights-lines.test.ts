import { rightsLines } from '@/lib/cli/administration/rights-lines';

const job = (id: string, kind: string, state: string, user: string, day: number, more: object = {}) => ({
  id,
  object: 'rights.job',
  kind,
  user,
  requested_at: `2026-11-0${day}T08:00:00.000Z`,
  state,
  counts: { files: 2 },
  ...more,
});
const EXPORT = job('export_1', 'export', 'ready', 'ada', 1, {
  expires_at: '2026-11-08T08:00:00.000Z',
  recipient: null,
});

test('a blank line separates jobs, and each field has a line', () => {
  const held = { id: 'hold_1', object: 'rights.hold', user: 'ada', released_at: null };
  expect(rightsLines([EXPORT, held], [])).toBe(
    [
      'id  export_1',
      '  kind  export',
      '  user  ada',
      '  requested_at  2026-11-01T08:00:00.000Z',
      '  state  ready',
      '  counts  files 2',
      '  expires_at  2026-11-08T08:00:00.000Z',
      '',
      'id  hold_1',
      '  user  ada',
    ].join('\n'),
  );
});

test.each(['erased', 'certified'])('an export whose files a later erasure (%s) has deleted is not ready', (state) => {
  const erasure = job('erase_2', 'erase', state, 'ada', 2);
  const text = rightsLines([EXPORT], [EXPORT, erasure]);
  expect(text).toContain('  state  deleted by erase_2\n');
  expect(text).not.toContain('expires_at');
});

test.each([
  ['an erasure before it', job('erase_0', 'erase', 'certified', 'ada', 0)],
  ['an erasure that is not done', job('erase_2', 'erase', 'erasing', 'ada', 2)],
  ["another user's erasure", job('erase_2', 'erase', 'certified', 'eve', 2)],
  ['a later readmission', job('readmit_2', 'readmit', 'certified', 'ada', 2)],
])('an export stays ready with %s', (_, other) => {
  expect(rightsLines([EXPORT], [EXPORT, other])).toContain('  state  ready\n');
});

test('an empty list is none', () => {
  expect(rightsLines([], [])).toBe('none');
});
