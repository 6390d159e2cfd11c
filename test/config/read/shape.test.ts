import { edited, linesOf, VALID } from '../support';

const NAME = 'lower-case letters, digits and single hyphens, beginning with a letter, at most';
const ALERTS =
  "a list of e-mail addresses or https:// URLs, at least one, '{ topic: <ARN of an existing SNS topic> }', or '{ none: <why there are no recipients> }'";
const MODEL_ID = 'lower-case letters and digits, joined by single hyphens or dots, at most 64 characters';
const RETENTION = 'a period in days from 1d to 3650d, or until-deleted';
const ROOT_KEYS =
  'boundary, name, account, tags, regions, network, domain, organisation, currency, alerts, bedrock, trail, records, monitoring, api, jobs, openai, egress, perimeter, providers, factsKeys, models, identity, workspaces, projects, exceptions, places, boundaries';
const DESTINATIONS = VALID.slice(VALID.indexOf('    destinations'), VALID.indexOf('workspaces'));
const IDENTITY = "a mapping with at most one of 'saml', 'oidc' and 'shared', and any of 'groups' and 'clients'";
const edu = (more: string) => ['edition: edu', `edition: edu\n    ${more}`] as const;

test('a file without mistakes is accepted', () => {
  expect(linesOf(VALID)).toEqual([]);
});

// biome-ignore format: one row a line
test.each<[string, readonly [string, string], string]>([
  ['a typo in a key', ['name: exemple', 'name: exemple\nalrets: []'], `3:1: alrets: isn't a known key; allowed: ${ROOT_KEYS}; did you mean 'alerts'?`],
  ['swapped letters in a key', ['name: exemple', 'name: exemple\norganisation: { nmae: x }'], "3:17: organisation.nmae: isn't a known key; allowed: name, controller, dpo; did you mean 'name'?"],
  ['another value for the retention mode', ['name: exemple', 'name: exemple\nbedrock: { retention: off }'], "3:23: bedrock.retention: found 'off'; allowed: manage, verify"],
  ['evidence that the bucket would not lock', ['name: exemple', 'name: exemple\nrecords: { evidence: 90d }'], "3:22: records.evidence: found '90d'; allowed: a period in days from 365d to 3650d"],
  ['links without an end', ['name: exemple', 'name: exemple\nrecords: { members: until-deleted }'], "3:21: records.members: found 'until-deleted'; allowed: a period in days from 1d to 3650d"],
  ['a trail of all accounts', ['name: exemple', 'name: exemple\ntrail: { dataEvents: organisation }'], "3:22: trail.dataEvents: found 'organisation'; allowed: deployment, account"],
  ['an API without limits', ['name: exemple', 'name: exemple\napi: {}'], "3:6: api: found an empty mapping; allowed: a mapping with any of 'requestsPerAddress', 'requestsWithoutKey', 'requestsPerSecond', 'burstRequests' and 'projectsConcurrency'"],
  ['jobs without a run', ['name: exemple', 'name: exemple\njobs: { concurrency: 0 }'], '3:22: jobs.concurrency: found the number 0; allowed: a whole number from 1 to 1000'],
  ['a maximum age under two hours', ['name: exemple', 'name: exemple\nbedrock: { maxReadingAge: 1h }'], "3:27: bedrock.maxReadingAge: found '1h'; allowed: whole hours from 2h to 168h"],
  ['a maximum age in days', ['name: exemple', 'name: exemple\nbedrock: { maxReadingAge: 1d }'], "3:27: bedrock.maxReadingAge: found '1d'; allowed: whole hours from 2h to 168h"],
  ['a rate of nothing', ['name: exemple', 'name: exemple\ncurrency: { EUR: 0, asOf: 2026-11-02 }'], '3:18: currency.EUR: found the number 0; allowed: euros for one US dollar, such as 0.86'],
  ['a rate without a day', ['name: exemple', 'name: exemple\ncurrency: { EUR: 0.86 }'], '3:11: currency.asOf: is missing; allowed: a day such as 2027-06-30'],
  ['invocation logging without a target', ['name: exemple', 'name: exemple\nbedrock: { invocationLogging: {} }'], "3:31: bedrock.invocationLogging: found an empty mapping; allowed: a mapping with 'bucket', 'logGroup' or both"],
  ['a key like no other', ['name: exemple', 'name: exemple\nvpc: x'], `3:1: vpc: isn't a known key; allowed: ${ROOT_KEYS}`],
  ['a key of another mapping', ['edition: edu', 'edition: edu\n    region: eu-west-1'], "12:5: workspaces[0].region: isn't a known key; allowed: id, edition, retention, models, identity, limits, keys, groups, courses, reportGroups, guardrail, background, rights, officeFiles, scim"],
  ['office files that are listed', edu('officeFiles: [docx]'), '12:18: workspaces[0].officeFiles: found a list; allowed: true or false'],
  ['a key with a space', ['name: exemple', 'name: exemple\na b: x'], `3:1: ['a b']: isn't a known key; allowed: ${ROOT_KEYS}`],
  ['a key that objects have', ['name: exemple', 'name: exemple\n__proto__: x'], `3:1: __proto__: isn't a known key; allowed: ${ROOT_KEYS}`],
  ['a merge key', ['name: exemple', 'name: exemple\n<<: { alerts: [] }'], `3:1: <<: isn't a known key; allowed: ${ROOT_KEYS}; merge keys aren't supported, write each key`],
  ['a name for people', ['name: exemple', 'name: Exemple Université'], `2:7: name: found 'Exemple Université'; allowed: ${NAME} 20 characters; did you mean 'exemple-universite'?`],
  ['a name with umlauts', ['name: exemple', 'name: münchen-ki'], `2:7: name: found 'münchen-ki'; allowed: ${NAME} 20 characters; did you mean 'muenchen-ki'?`],
  ['a name with a sharp s', ['name: exemple', 'name: Straße'], `2:7: name: found 'Straße'; allowed: ${NAME} 20 characters; did you mean 'strasse'?`],
  ['umlauts that are written as two characters', ['name: exemple', 'name: mu\u0308nchen'], `2:7: name: found 'mu\u0308nchen'; allowed: ${NAME} 20 characters; did you mean 'muenchen'?`],
  ['a longer name with umlauts', ['id: sciences', 'id: fakultät-für-physik'], `10:9: workspaces[0].id: found 'fakultät-für-physik'; allowed: ${NAME} 32 characters; did you mean 'fakultaet-fuer-physik'?`],
  ['an account without quotes', ['name: exemple', 'name: exemple\naccount: 111122223333'], `3:10: account: found the number 111122223333; allowed: the twelve digits of an account, in quotes; it is text, write it in quotes: "111122223333"`],
  ['an account whose zero YAML drops', ['name: exemple', 'name: exemple\naccount: 011122223333'], `3:10: account: found the number 11122223333; allowed: the twelve digits of an account, in quotes; YAML reads 011122223333 as a number, write it in quotes: "011122223333"`],
  ['a name that is too long', ['name: exemple', 'name: a-name-of-22-letters-x'], `2:7: name: found 'a-name-of-22-letters-x'; allowed: ${NAME} 20 characters`],
  ['a number where a name belongs', ['name: exemple', 'name: 2024'], `2:7: name: found the number 2024; allowed: ${NAME} 20 characters`],
  ['a date where a name belongs', ['name: exemple', 'name: 2025-01-01'], `2:7: name: found '2025-01-01'; allowed: ${NAME} 20 characters`],
  ['a boolean where a name belongs', ['name: exemple', 'name: true'], `2:7: name: found true; allowed: ${NAME} 20 characters`],
  ['nothing after a key', ['name: exemple', 'name:'], `2:1: name: found nothing; allowed: ${NAME} 20 characters`],
  ['a null', ['name: exemple', 'name: ~'], `2:7: name: found nothing; allowed: ${NAME} 20 characters`],
  ['a list where a name belongs', ['name: exemple', 'name: [a]'], `2:7: name: found a list; allowed: ${NAME} 20 characters`],
  ['a mapping where a name belongs', ['name: exemple', 'name: { a: 1 }'], `2:7: name: found a mapping with 'a'; allowed: ${NAME} 20 characters`],
  ['a Region without its key', ['regions: { primary: eu-central-1 }', 'regions: eu-central-1'], "3:10: regions: found 'eu-central-1'; allowed: a mapping with 'primary'"],
  ['no primary Region', ['{ primary: eu-central-1 }', '{}'], '3:10: regions.primary: is missing; allowed: a Region code such as eu-central-1'],
  ['a Region with spaces', ['primary: eu-central-1', 'primary: eu central 1'], "3:21: regions.primary: found 'eu central 1'; allowed: a Region code such as eu-central-1"],
  ['an empty text', ['name: exemple', 'name: exemple\norganisation: { name: "" }'], "3:23: organisation.name: found ''; allowed: the name of the organisation, in one line of at most 200 characters"],
  ['a text of two lines', ['name: exemple', 'name: exemple\norganisation: { dpo: "a\\nb" }'], "3:22: organisation.dpo: found 'a\\u000ab'; allowed: how to reach the data protection officer, in one line of at most 200 characters"],
  ['one address where a list belongs', ['[security@example.eu]', 'security@example.eu'], `17:9: alerts: found 'security@example.eu'; allowed: ${ALERTS}`],
  ['no address', ['[security@example.eu]', '[security]'], "17:10: alerts[0]: found 'security'; allowed: an e-mail address or an https:// URL"],
  ['an address without TLS', ['security@example.eu', 'http://example.eu/hook'], "17:10: alerts[0]: found 'http://example.eu/hook'; allowed: an e-mail address or an https:// URL"],
  ['a number among addresses', ['security@example.eu', '5'], '17:10: alerts[0]: found the number 5; allowed: an e-mail address or an https:// URL'],
  ['no recipients', ['[security@example.eu]', '[]'], `17:9: alerts: found an empty list; allowed: ${ALERTS}`],
  ['no recipients, without a reason', ['[security@example.eu]', 'none'], `17:9: alerts: found 'none'; allowed: ${ALERTS}`],
  ['no recipients, for an empty reason', ['[security@example.eu]', '{ none: "" }'], "17:17: alerts.none: found ''; allowed: a reason, in one line of at most 200 characters"],
  ['a model id for people', ['id: assistant', 'id: My Assistant'], `5:9: models[0].id: found 'My Assistant'; allowed: ${MODEL_ID}; did you mean 'my-assistant'?`],
  ['a model id that is a number', ['id: assistant', 'id: 4'], `5:9: models[0].id: found the number 4; allowed: ${MODEL_ID}; it is text, write it in quotes: "4"`],
  ['a model id with a colon', ['id: assistant', 'id: gpt:4'], `5:9: models[0].id: found 'gpt:4'; allowed: ${MODEL_ID}; did you mean 'gpt-4'?`],
  ['a word for a declaration', ['id: assistant', 'id: assistant\n    interchangeable: maybe'], "6:22: models[0].interchangeable: found 'maybe'; allowed: true or false"],
  ['a duration for caching', ['id: assistant', 'id: assistant\n    caching: 5m'], "6:14: models[0].caching: found '5m'; allowed: true or false"],
  ['no destinations', [DESTINATIONS, ''], '5:5: models[0].destinations: is missing; allowed: a list of destinations, at least one'],
  ['an empty list of destinations', [DESTINATIONS, '    destinations: []\n'], '6:19: models[0].destinations: found an empty list; allowed: a list of destinations, at least one'],
  ['a destination that is a text', ['- bedrock: openai.gpt-oss-120b-1:0', '- openai.gpt-oss-120b-1:0'], "8:9: models[0].destinations[1]: found 'openai.gpt-oss-120b-1:0'; allowed: a mapping with exactly one of 'bedrock', 'openai', 'provider' and 'server'"],
  ['an empty destination', ['bedrock: openai.gpt-oss-120b-1:0', 'bedrock:'], '8:9: models[0].destinations[1].bedrock: found nothing; allowed: the id of a Bedrock model or inference profile'],
  ['a typo in an edition', ['edition: edu', 'edition: enterprize'], "11:14: workspaces[0].edition: found 'enterprize'; allowed: enterprise, edu; did you mean 'enterprise'?"],
  ['no edition', ['    edition: edu\n', ''], '10:5: workspaces[0].edition: is missing; allowed: enterprise, edu'],
  ['no retention', ['    retention: 365d\n', ''], `10:5: workspaces[0].retention: is missing; allowed: ${RETENTION}`],
  ['a retention without its unit', ['365d', '365'], `12:16: workspaces[0].retention: found the number 365; allowed: ${RETENTION}; did you mean '365d'?`],
  ['a retention in years', ['365d', '1y'], `12:16: workspaces[0].retention: found '1y'; allowed: ${RETENTION}; did you mean '365d'?`],
  ['an ISO period', ['365d', 'P30D'], `12:16: workspaces[0].retention: found 'P30D'; allowed: ${RETENTION}; did you mean '30d'?`],
  ['a retention without end', ['365d', 'forever'], `12:16: workspaces[0].retention: found 'forever'; allowed: ${RETENTION}; did you mean 'until-deleted'?`],
  ['a retention of zero days', ['365d', '0d'], `12:16: workspaces[0].retention: found '0d'; allowed: ${RETENTION}`],
  ['a retention of over ten years', ['365d', '3651d'], `12:16: workspaces[0].retention: found '3651d'; allowed: ${RETENTION}`],
  ['one model where a list belongs', ['models: [assistant]', 'models: assistant'], "13:13: workspaces[0].models: found 'assistant'; allowed: a list of ids from 'models', at least one"],
  ['a workspace without models', ['models: [assistant]', 'models: []'], "13:13: workspaces[0].models: found an empty list; allowed: a list of ids from 'models', at least one"],
  ['an empty identity', edu('identity: {}'), `12:15: workspaces[0].identity: found an empty mapping; allowed: ${IDENTITY}`],
  ['two identities', edu('identity: { saml: a.xml, shared: campus }'), `12:15: workspaces[0].identity: found a mapping with 'saml', 'shared'; allowed: ${IDENTITY}`],
  ['an issuer without TLS', edu('identity: { oidc: { issuer: http://a.eu, clientId: a, clientSecretName: b }, groups: { member: [a] } }'), "12:33: workspaces[0].identity.oidc.issuer: found 'http://a.eu'; allowed: an https:// URL"],
  ['half a token', edu('limits: { tokensPerDay: 1.5 }'), '12:29: workspaces[0].limits.tokensPerDay: found the number 1.5; allowed: a whole number from 1 to 1000000000000'],
  ['a limit of nothing', edu('limits: { tokensPerDay: 0 }'), '12:29: workspaces[0].limits.tokensPerDay: found the number 0; allowed: a whole number from 1 to 1000000000000'],
  ['a limit without limit', edu('limits: { tokensPerDay: .inf }'), '12:29: workspaces[0].limits.tokensPerDay: found the number Infinity; allowed: a whole number from 1 to 1000000000000'],
  ['a limit over the most', edu('limits: { tokensPerMemberPerDay: 1000000001 }'), '12:38: workspaces[0].limits.tokensPerMemberPerDay: found the number 1000000001; allowed: a whole number from 1 to 1000000000'],
  ['keys that work for no day', edu('keys: { signInWithin: 0d }'), "12:27: workspaces[0].keys.signInWithin: found '0d'; allowed: a period in days from 1d to 180d"],
  ['keys that work for 181 days', edu('keys: { signInWithin: 181d }'), "12:27: workspaces[0].keys.signInWithin: found '181d'; allowed: a period in days from 1d to 180d"],
  ['keys for some hours', edu('keys: { signInWithin: 12h }'), "12:27: workspaces[0].keys.signInWithin: found '12h'; allowed: a period in days from 1d to 180d"],
  ['keys by a word', edu('keys: true'), "12:11: workspaces[0].keys: found true; allowed: a mapping, which may be empty, with 'signInWithin'"],
  ['a hand-over without delay', edu('rights: { handOver: { delay: 0d } }'), "12:34: workspaces[0].rights.handOver.delay: found '0d'; allowed: a period in days from 1d to 30d"],
  ['a hand-over after more than a month', edu('rights: { handOver: { delay: 31d } }'), "12:34: workspaces[0].rights.handOver.delay: found '31d'; allowed: a period in days from 1d to 30d"],
  ['an erasure at once', edu('rights: { erasureOfOthers: none }'), "12:32: workspaces[0].rights.erasureOfOthers: found 'none'; allowed: second-person, delay"],
  ['a limit in quotes', edu('limits: { tokensPerDay: "5" }'), "12:29: workspaces[0].limits.tokensPerDay: found '5'; allowed: a whole number from 1 to 1000000000000; it is a number, write it without quotes: 5"],
  ['control characters of a terminal', ['edition: edu', 'edition: "e\\e[2J\\u202Edu"'], "11:14: workspaces[0].edition: found 'e\\u001b[2J\\u202edu'; allowed: enterprise, edu"],
])('%s is refused', (_, [from, to], line) => {
  expect(linesOf(edited(from, to))).toEqual([`residency.yaml:${line}`]);
});

test('a reason for no recipients under another key is refused', () => {
  expect(linesOf(edited('[security@example.eu]', '{ nothing: x }'))).toEqual([
    "residency.yaml:17:11: alerts.nothing: isn't a known key; allowed: topic, none",
  ]);
});

test('a typo in the key of a destination is reported once', () => {
  expect(linesOf(edited('bedrock: openai', 'bedrok: openai'))).toEqual([
    "residency.yaml:8:9: models[0].destinations[1].bedrok: isn't a known key; allowed: bedrock, region, api, openai, provider, server, model, addresses, kind; did you mean 'bedrock'?",
  ]);
});

test('a very long value is truncated', () => {
  const [line] = linesOf(edited('edition: edu', `edition: ${'e'.repeat(5000)}`));
  expect(line).toBe(
    `residency.yaml:11:14: workspaces[0].edition: found '${'e'.repeat(100)}…'; allowed: enterprise, edu`,
  );
});

test('mistakes of format and of meaning are reported together, in the order of the file', () => {
  const text = edited('365d', '1y', edited('edition: edu', 'edition: edx', edited('eu-central-1', 'eu-west-2')));
  expect(linesOf(text).map((line) => line.split(' ')[1])).toEqual([
    'regions.primary:',
    'workspaces[0].edition:',
    'workspaces[0].retention:',
  ]);
});

test('mistakes of one line are reported from left to right', () => {
  const text = edited('{ primary: eu-central-1 }', '{ recovery: eu west, primary: eu central }');
  expect(linesOf(text).map((line) => line.split(' ')[1])).toEqual(['regions.recovery:', 'regions.primary:']);
});
