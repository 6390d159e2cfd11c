// Checks the tag of a release, before anything is built from it: `node scripts/verify-tag.mjs v0.2.0`. It finds mistakes. It doesn't stop someone who
// can push a tag, because the tagged commit contains this file: protected tags and the reviewers of the release do. The owner's variable RELEASE_SIGNERS
// lists who may sign, in the format of ssh-keygen's allowed signers.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [tag = ''] = process.argv.slice(2);
const git = (...args) => spawnSync('git', args, { encoding: 'utf8' });

/** The reason for a refusal, with its fix; none if the tag may be released. */
function refusal() {
  const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (tag !== `v${version}`)
    return `the tag isn't 'v${version}', the version of package.json; tag that version, or change it first`;
  if (!readFileSync('CHANGELOG.md', 'utf8').includes(`\n## [${version}]`)) {
    return `CHANGELOG.md has no '## [${version}]'; move its entries from '[Unreleased]'`;
  }
  if (!readFileSync('lib/cli/shared/published.ts', 'utf8').includes('IS_PUBLISHED: boolean = true')) {
    return 'the pages and init would say that no registry has the package; run npx tsx scripts/published.ts --on, and commit it';
  }
  // A registry compares them only after the whole build.
  const here = publisher();
  if (here !== undefined && repository.url.replace(/^git\+|\.git$/g, '') !== here) {
    return "repository.url of package.json isn't the repository that publishes, so npm refuses the provenance; change it";
  }
  const ref = `refs/tags/${tag}`;
  const object = git('cat-file', 'tag', ref);
  if (object.status !== 0) return 'the tag is no annotated tag of this clone; make it with git tag --sign';
  if (git('rev-parse', `${ref}^{commit}`).stdout !== git('rev-parse', 'HEAD').stdout) {
    return 'the tag names another commit than the one that is checked out; check out the tag';
  }
  if (!object.stdout.includes('-----BEGIN SSH SIGNATURE-----')) {
    return 'the tag has no SSH signature; set gpg.format to ssh, and make it with git tag --sign';
  }
  const signers = process.env.RELEASE_SIGNERS ?? '';
  if (signers.trim() === '') return 'RELEASE_SIGNERS is empty, so no one may sign; set the variable of the repository';
  return signedBy(signers, ref) ? undefined : 'no key of RELEASE_SIGNERS made the signature; sign with one of them';
}

/** The address of the repository whose pipeline this is; undefined outside of one. */
function publisher() {
  const { CI_PROJECT_URL, GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
  return CI_PROJECT_URL ?? (GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`);
}

function signedBy(signers, ref) {
  const folder = mkdtempSync(path.join(tmpdir(), 'signers-'));
  const file = path.join(folder, 'allowed-signers');
  writeFileSync(file, `${signers.trim()}\n`);
  const { status } = git('-c', `gpg.ssh.allowedSignersFile=${file}`, 'verify-tag', ref);
  rmSync(folder, { recursive: true });
  return status === 0;
}

const reason = refusal();
if (reason !== undefined) {
  console.error(`The release is refused: ${reason}`);
  process.exitCode = 1;
} else {
  console.log(`${tag} is signed by a key of RELEASE_SIGNERS`);
}
