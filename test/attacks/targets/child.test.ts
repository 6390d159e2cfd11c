import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child } from './child';

/** Retains what each message allocates. */
const LEAKING = `const held = [];
process.on('message', () => {
  for (let nth = 0; nth < 500_000; nth++) held.push({ nth });
  process.send('answered');
});
process.send('ready');`;

it('says why a process ended, for the question that it ended at and for each later one', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'attacks-child-'));
  try {
    const file = path.join(folder, 'leaking.cjs');
    writeFileSync(file, LEAKING);
    const { child } = await Child.start<string>(file, [], { NODE_OPTIONS: '--max-old-space-size=20' });
    const asked = async () => {
      for (let nth = 0; nth < 10; nth++) await child.ask({});
    };
    await expect(asked()).rejects.toThrow(/the process ended: [\s\S]*heap out of memory/);
    await expect(child.ask({})).rejects.toThrow(/the process ended: [\s\S]*heap out of memory/);
    await child.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
