/** `npm run map` writes the map of Europe on the evidence page. test/evidence/page/map.long.test.ts runs the same function and compares. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { europe } from './map/europe';

writeFileSync(path.join(__dirname, '../lib/evidence/page/map/europe.ts'), europe());
