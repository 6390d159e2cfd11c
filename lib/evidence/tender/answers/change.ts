import { answers } from '../model/answer';
import { page, test } from '../model/pointer';

/** The guard, changes, releases and what they consist of. */
export const CHANGE = answers({
  'change.guard': {
    status: 'provided',
    text: 'Every synth, a command for CI and a CloudFormation hook refuse what would leave the boundary, with the place, the reason and the fix. No acknowledgement silences it; a declared exception permits what it names. Nothing to deploy is left behind.',
    rest: 'The guard reads templates, not code. Who can edit the app can remove it; the check in CI and the hook are outside the app.',
    pointers: [
      test('guard/cdk/bypass-matrix', '%s is refused and leaves nothing to deploy'),
      test('ci/github-action.long', 'a leak fails, is annotated, uploaded and listed in a comment'),
      test('runtime/hook/hook', 'create, outside'),
      page('LIMITS#the-guard'),
    ],
    needsResident: true,
    words:
      'policy as code, infrastructure as code, compliance as code, automated check, automatisierte pruefung, change management, aenderungsmanagement, gestion des changements',
  },
  'change.exceptions': {
    status: 'provided',
    text: 'An exception names the rule, the place, a reason, an approver and the last day on which it applies. Every output repeats it, and an expired one is a finding.',
    rest: 'The approver decides how long it lasts, and your repository who may write one.',
    pointers: [test('guard/declarations/apply-declarations', '%s permits a finding'), page('GUARD#exceptions')],
    words: 'exceptions from the rules, exception management, ausnahmegenehmigung',
  },
  'change.tests': {
    status: 'provided',
    text: 'A change passes unit, property, conformance, attack, permission and offline tests, and the sample is deployed to an emulator. Mutation tests measure what the tests notice.',
    rest: 'These are tests of the package. Your own app and settings are tested by you.',
    pointers: [
      test('repo/mutations', 'the tests that must catch the mutations exist'),
      test('iam/matrix', 'each call of each function is allowed, and nothing wider is'),
      page('DEPLOY-TEST'),
      page('CONTRIBUTING.md#measure-the-tests'),
    ],
    words:
      'test procedure, softwaretest, secure development, sichere entwicklung, quality assurance, qualitaetssicherung, code review, security tests of changes',
  },
  'change.attacks': {
    status: 'provided',
    text: 'The pipeline sends the attacks of a list to the built functions, and stretched requests to each route.',
    rest: 'No outside penetration test of the package was made.',
    pointers: [
      test('attacks/targets/deployed-functions', '%s has the memory that it is attacked with'),
      page('CONTRIBUTING.md#add-an-attack'),
    ],
    words: 'security test',
  },
  'change.no-pentest': {
    status: 'customer',
    text: 'No outside penetration test of the package was made. Such tests and scans of your deployment are up to you. The attacks that the pipeline sends to the built functions are listed.',
    pointers: [page('CONTRIBUTING.md#add-an-attack')],
    words: 'penetration test, pentest, test d intrusion, vulnerability scan',
  },
  'change.upgrade': {
    status: 'provided',
    text: 'A version states what it may change. Configurations, stored rows and headers of an earlier version stay readable, which tests check. A deprecated name works, with a warning, in two minor versions.',
    rest: 'A newer fact may refuse what an older one accepted. You deploy an update yourself.',
    pointers: [
      test('releases/readable.long', 'the configuration in %s is read'),
      test('releases/names', 'no name of 0.1.0 is missing in today’s code: %s'),
      page('RELEASES#what-a-version-may-change'),
      page('OPERATIONS#upgrade'),
    ],
    words:
      'upgrade, mise a jour, further development, roadmap, software update, updates of the software, softwareupdate',
  },
  'change.bill-of-materials': {
    status: 'provided',
    text: 'The package contains a CycloneDX bill of materials of itself and of each bundle, with the licences of bundled code. Dependencies are pinned to one version, and none that a user installs runs a script.',
    pointers: [
      test('release/release', 'each bundle and the package have a valid bill of materials'),
      test('repo/lock-file', 'every dependency is pinned to one version'),
      page('RELEASES#what-a-release-contains'),
    ],
    words:
      'sbom, bill of materials, software components, third party software, supply chain, lieferkette, chaine d approvisionnement, composants',
  },
  'change.reproducible': {
    status: 'provided',
    text: 'Two builds of a commit are the same, byte by byte. A release needs a signed tag, and only a job that runs no code of the repository publishes.',
    pointers: [
      test('release/release', 'two builds on different machines are the same, byte by byte'),
      test('release/verify-tag', 'a tag that an allowed signer made is accepted'),
      page('RELEASES'),
    ],
    words:
      'reproducible, reproduzierbar, code signing, provenance, signed release, signierte release, source version control',
  },
  'change.open-source': {
    status: 'provided',
    text: 'The source is under Apache-2.0, with its tests, decisions and generated reference. You may audit, change and redistribute it.',
    rest: "AWS's services and most models below it are closed.",
    pointers: [page('README.md#license'), page('CODE'), page('RELEASES')],
    words:
      'open source, source code, quellcode, quelloffen, code source, logiciel libre, open standard, standards ouverts, free licen, freie lizenz, licence libre',
  },
  'change.vulnerabilities': {
    status: 'provided',
    text: 'A policy says how to report a vulnerability, which versions get fixes and in what time they are aimed at. Advisories are written as OSV, and VEX answers for bundled packages.',
    rest: 'The timelines are goals, not a contract. The address for reports is set by the owner of the repository. You deploy a fix.',
    pointers: [
      test('release/advisories', 'each file is validated as one of the two'),
      page('SECURITY.md#timelines'),
      page('SECURITY.md#supported-versions'),
    ],
    words: 'vulnerabilit, schwachstelle, sicherheitsluecke, patch, cve, correctif, cyber resilience act',
  },
  'change.maturity': {
    status: 'not-met',
    text: 'The tests deploy the sample to an emulator, not to AWS, and the pages name what has not been run there. A first deployment in a real account is tested in steps by its owner.',
    pointers: [page('DEPLOY-TEST'), page('ACCOUNT-TEST'), page('REAL-AWS')],
    words:
      'maturity, reifegrad, maturite, production use, produktiv eingesetzt, prete a l emploi, disponible sur le marche, sur etagere, bewaehrt',
  },
  'change.configuration': {
    status: 'provided',
    text: 'One file with a schema determines what is deployed, refused and reported. A mistake is named with its line, and unknown keys are refused.',
    pointers: [
      test('config/generated', 'docs/CONFIG.md is current'),
      test('e2e/refusals.long', 'a Region outside the boundary is refused in one line'),
      page('CONFIG'),
    ],
    words: 'configuration management, konfigurationsmanagement, konfigurierbar',
  },
});
