import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { columns } from '../lib/report/columns';
import { dollars } from '../lib/report/cost/money';
import { measureDeployment } from './scale/deployment';
import { type ScaleFigures, writeFigures } from './scale/figures';
import { measureMembers } from './scale/members';
import { measureProjects } from './scale/projects';

const PROJECTS = [5, 500] as const;
const MEMBERS = [100, 30_000] as const;

/**
 * Measures 500 open projects and 30,000 members that SCIM sends: resources, the time of a synth, the lookups of keys on the embedded store of
 * `serve`, and what `cost` says. `--write` stores the figures for docs/SCALE.md. It takes minutes, most of them to write the members.
 */
export async function scaleBench([option]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-scale-'));
  const file = (name: string) => path.join(folder, `${name}.sqlite`);
  try {
    const deployment = await measureDeployment(PROJECTS[1]);
    // A process becomes faster with what it compiles, so the first of two measurements of the same isn't counted.
    await measureProjects(file('first-projects'), PROJECTS[0]);
    const [fewProjects, manyProjects] = [
      await measureProjects(file('few-projects'), PROJECTS[0]),
      await measureProjects(file('many-projects'), PROJECTS[1]),
    ];
    const [fewMembers, manyMembers] = [
      await measureMembers(file('few-members'), MEMBERS[0]),
      await measureMembers(file('many-members'), MEMBERS[1]),
    ];
    const figures: ScaleFigures = {
      sizes: { projects: PROJECTS, members: MEMBERS },
      ...deployment,
      reads: { project: manyProjects.reads, member: manyMembers.reads },
      project: { few: fewProjects.lookup, many: manyProjects.lookup },
      member: { few: fewMembers.lookup, many: manyMembers.lookup },
      scim: { few: fewMembers.scim, many: manyMembers.scim },
    };
    console.log(columns(rowsOf(figures)).join('\n'));
    if (option === '--write') writeFigures(figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ms = (time: number) => `${time.toFixed(2)} ms`;
const ratio = (many: number, few: number) => (many / few).toFixed(2);

function rowsOf({ resources, synth, project, member, scim, cost }: ScaleFigures): string[][] {
  const lookup = (what: string, few: number, many: number) => [what, ms(few), ms(many), ratio(many, few)];
  return [
    ['processor time or count', 'few', 'many', 'ratio'],
    [
      'resources, with 1 and 500 open projects',
      `${resources.one}`,
      `${resources.many}`,
      ratio(resources.many, resources.one),
    ],
    ['synth, with 1 and 500 open projects', ms(synth.one), ms(synth.many), ratio(synth.many, synth.one)],
    lookup("a project's key, first request", project.few.first, project.many.first),
    lookup("a project's key, repeated", project.few.repeated, project.many.repeated),
    lookup("a member's key, first request", member.few.first, member.many.first),
    lookup("a member's key, repeated", member.few.repeated, member.many.repeated),
    lookup('a decision by SCIM', scim.few, scim.many),
    [
      'fixed part a month, sample and with all',
      dollars(cost.sampleFixed),
      dollars(cost.fixed),
      ratio(cost.fixed, cost.sampleFixed),
    ],
    ['a month without models', '', dollars(cost.withoutModels), ''],
  ];
}
