/** A word that needs an explanation, and the term that doesn't. */
export interface RefusedWord {
  /** The forms of the word, in lower case; a part of an identifier counts as a word: `tendJobs` has `tend`. */
  readonly forms: readonly string[];
  /** What it stood for. */
  readonly meaning: string;
  /** The term to use, as docs/GLOSSARY.md defines it. */
  readonly replacement: string;
  /** Where it is refused: the paths that its files begin with. */
  readonly refusedIn: readonly string[];
  /** Where: in names only, or only in names of files and folders, where the word is plain English otherwise. */
  readonly within: 'text' | 'names' | 'paths';
  /** Names that stay, each with the reason: deployed, stored, public, AWS's or a standard's. One in quotes stays only as a whole string. */
  readonly exempt?: Readonly<Record<string, string>>;
}

const CODE = ['lib/', 'bin/', 'scripts/', 'bench/'];
const TESTS = ['test/'];
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/', 'examples/', 'templates/'];
const EVERYWHERE = [...CODE, ...TESTS, ...PAGES, 'residency.yaml', '.ci/run'];

/** A construct id is part of every logical id below it, so it can't change without a replacement of the resource. */
const CONSTRUCT_ID = 'construct id of a deployed resource';
const STATEMENT_ID = 'statement id of a deployed policy';
const STATE = 'name in a deployed state machine';

/** Deployed functions learn by it which one they are. */
const FUNCTION_NAME = 'name of a deployed function in its environment';

/** Jobs that are in progress during an upgrade name their next actor. */
const ACTOR = 'actor in the input of the state machine and in log lines';

export const REFUSED_WORDS: readonly RefusedWord[] = [
  word('sighting sightings', 'a place found in a value', 'place match', CODE.concat(TESTS)),
  word('hole holes', 'a part of a text that is known only at deployment', 'placeholder', CODE.concat(TESTS)),
  word('breach breaches', 'a value that a rule refuses', 'violation', CODE.concat(TESTS), {
    'lib/evidence/tender/answers/:breach': 'word of buyers and of the GDPR',
  }),
  word('upkeep', 'the bundle and the state machine of jobs', 'jobs', EVERYWHERE, {
    UPKEEP_FUNCTION: 'environment variable of deployed functions',
  }),
  word('tend tends tending tended', 'to resume a stalled job', 'resume', EVERYWHERE, {
    Tend: CONSTRUCT_ID,
    WorkspaceRightsTendFunction: CONSTRUCT_ID,
    TendingFailed: CONSTRUCT_ID,
    tend: FUNCTION_NAME,
    tended: 'event in the log lines of job recovery',
  }),
  word('witness witnesses', 'the actor that proves a job done', 'verifier', EVERYWHERE, {
    WitnessRegion: "AWS's word",
    CreateGlobalTableWitness: "AWS's word",
    GlobalTableWitnesses: "AWS's word",
    'test/model/tools/quint.ts:witnesses': 'option of Quint',
    Witness: CONSTRUCT_ID,
    RecoveryWitness: CONSTRUCT_ID,
    witness: ACTOR,
  }),
  word('closer', 'the actor that ends the key of a closed workspace', 'workspace deleter', EVERYWHERE, {
    Closer: CONSTRUCT_ID,
    closer: ACTOR,
  }),
  names('standing standings', 'whether a user is active, erased or on hold', 'user status', CODE),
  names('seal seals sealed', 'encryption of rows', 'content cipher', CODE),
  names('vault vaults', 'the store of branch keys', 'keyring', [
    ...CODE,
    'test/runtime/',
    'test/local/',
    'test/releases/',
  ]),
  names('pauses', 'waiting between attempts', 'backoff', CODE),
  names('door doors', "an administrator's control over sessions", 'session control', CODE.concat(TESTS)),
  names('trail trails', 'what is known of a request while it is served', 'request log', ['lib/runtime/', 'lib/local/']),
  names('held', 'enforced limits', 'enforced', ['lib/runtime/gateway/', 'lib/runtime/workspace/']),
  names('kept told asked begun', 'stored, reported, requested, started', 'the standard term', CODE, {
    keptAnyway: 'key of the facts',
  }),
  word('judge judges judged judging judgement', 'to check a template or a value', 'check', CODE.concat(TESTS)),
  word('mend mends mended mending', 'to fix', 'fix', EVERYWHERE),
  word('anew', 'again', 'again', EVERYWHERE),
  word('whoever whom', 'a person or principal', 'user, member, operator, principal', EVERYWHERE),
  word('somebody nobody', 'a person', 'user, member, nothing', EVERYWHERE, {
    NobodyBypassesTheLock: STATEMENT_ID,
    NobodyLocksForLess: STATEMENT_ID,
    NobodyDoesIt: STATE,
    "'Nobody'": STATE,
    'docs/GLOSSARY.md:Nobody': STATE,
    'lib/runtime/rights/deployed/:nobody': 'next actor of a completed job in log lines',
    'test/runtime/rights/deployed/:nobody': 'next actor of a completed job in log lines',
  }),
  word('beside', 'next to', 'next to, besides', EVERYWHERE),
  word('aloud', 'explicitly', 'explicitly', EVERYWHERE),
  paths('owner', 'exceptions, places and a baseline that a person declares', 'declarations', [
    'lib/guard/',
    'test/guard/',
  ]),
  paths('reach', 'access that IAM statements allow', 'IAM access', ['lib/guard/', 'test/guard/'], {
    'iam-reach': 'rule ID',
  }),
  paths('sightings exits slips', 'what a guard must find', 'matches, leaks, bypasses', ['lib/guard/', 'test/']),
  paths('house', 'tests of the repository itself', 'repo', TESTS),
  paths('story machine front', 'parts of the deploy test', 'scenarios, harness, API gateway', ['test/deploy/']),
  paths(
    'provider',
    'the function that sets and checks settings of Bedrock',
    'settings',
    ['lib/runtime/', 'test/runtime/'],
    {
      'provider-members': 'members of an identity provider',
      'lib/runtime/egress/:provider': 'a provider of models outside AWS',
      'test/runtime/egress/:provider': 'the same',
      'lib/runtime/gateway/:provider': 'the same',
      'test/runtime/gateway/providers/:provider': 'the same',
    },
  ),
];

function word(
  forms: string,
  meaning: string,
  replacement: string,
  refusedIn: readonly string[],
  exempt?: RefusedWord['exempt'],
): RefusedWord {
  return { forms: forms.split(' '), meaning, replacement, refusedIn, within: 'text', exempt };
}

function names(...description: Parameters<typeof word>): RefusedWord {
  return { ...word(...description), within: 'names' };
}

function paths(...description: Parameters<typeof word>): RefusedWord {
  return { ...word(...description), within: 'paths' };
}
