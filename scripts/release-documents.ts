/**
 * Writes the licences of bundled code and the bills of materials into `dist`, after a build and before the package is packed. Bundled code
 * is in no user's lock file, so a scanner finds it only there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { billOfBundle, billOfPackage } from './release/bill-of-materials';
import { bundles } from './release/bundled';
import { notices } from './release/notices';

const dist = path.join(__dirname, '../dist');
const found = bundles();
mkdirSync(path.join(dist, 'sbom'), { recursive: true });
writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(found));
writeFileSync(path.join(dist, 'sbom/package.cdx.json'), billOfPackage(found));
for (const bundle of found) writeFileSync(path.join(dist, `sbom/${bundle.name}.cdx.json`), billOfBundle(bundle));
