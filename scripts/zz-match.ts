import { readFileSync } from 'node:fs';
import { readCsv } from '../lib/evidence/tender/requirements/read-csv';
import { matchesOf } from '../lib/evidence/tender/match/proposal';
for (const f of process.argv.slice(2)) {
  const [, ...rows] = readCsv(readFileSync(`test/tender/lists/${f}.csv`, 'utf8'));
  let answered = 0, good = 0, bad = 0;
  for (const [id, text, fits] of rows.map((r) => r.map((c) => c.text))) {
    const m = matchesOf(text!); const ok = fits!.split(' ');
    if (m.length) answered++;
    const wrong = m.filter(({ answer }) => !ok.includes(answer));
    if (m.length && wrong.length === 0) good++; else if (m.length) bad++;
    if (wrong.length || (!m.length && fits !== '-')) console.log(f, id, text, '=>', m.map((x) => `${x.answer} [${x.phrases}]`).join(' | ') || 'NONE');
  }
  console.log(`${f}: ${answered}/${rows.length} answered, ${good} clean, ${bad} with a misfit`);
}
