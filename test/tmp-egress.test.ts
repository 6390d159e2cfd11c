import { readFileSync } from 'node:fs';
import { ANSWERS } from '@/lib/evidence/tender/answers';
import { inAssembly } from '@/lib/evidence/tender/assembly/in-assembly';
import { fixedPart } from '@/lib/report/cost/fixed-part';
const all = JSON.parse(readFileSync('/tmp/s27/e-templates.json', 'utf8'));
const templates = Object.entries(all).map(([stack, template]) => ({ file: `${stack}.template.json`, stack, group: 'app', region: 'eu-central-1', template: template as any }));
test('x', () => {
  for (const [id, a] of Object.entries<any>(ANSWERS)) for (const p of a.pointers) if (p.kind === 'template') {
    const m = inAssembly(p, templates as any).missing;
    if (m) console.log(id, m.slice(0, 300));
  }
  const part = fixedPart(templates as any, new Date('2026-12-01'));
  console.log(JSON.stringify(part.lines.filter((l: any) => JSON.stringify(l).includes('exemple-egress') || /firewall|egress|NAT|DNS/i.test(JSON.stringify(l))), null, 0));
  console.log(JSON.stringify({ ...part, lines: part.lines.length }).slice(0, 1500));
});
