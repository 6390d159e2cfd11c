import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readFigures } from '@/bench/scale/figures';
import { scalePage } from '@/scripts/pages/scale-page';

test('docs/SCALE.md is current; after a change: npm run docs', () => {
  expect(readFileSync(path.join(__dirname, '../..', scalePage.file), 'utf8')).toBe(scalePage.render());
});

test('the last measurement had 500 open projects and 30,000 members, and neither is a resource', () => {
  const { sizes, resources } = readFigures();
  expect([sizes.projects[1], sizes.members[1]]).toEqual([500, 30_000]);
  expect(resources.many).toBe(resources.one);
});

test('no lookup of the last measurement took twice as long with many as with few', () => {
  const { project, member, scim, synth } = readFigures();
  const ratios = {
    synth: synth.many / synth.one,
    project: project.many.first / project.few.first,
    member: member.many.first / member.few.first,
    scim: scim.many / scim.few,
  };
  for (const [what, ratio] of Object.entries(ratios)) expect({ what, ratio: ratio < 2 }).toEqual({ what, ratio: true });
});
