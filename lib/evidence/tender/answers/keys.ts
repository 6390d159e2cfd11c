import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each, has } from '../model/template-pointer';

/** Encryption and its keys. */
export const KEYS = answers({
  'keys.customer': {
    status: 'provided',
    about: 'workspace',
    text: "Each workspace has a customer managed key in your account, for its tables and bucket of content. The key's policy lets the account's root and administrators manage it, not decrypt with it. `eu-residency access` lists the principals that can.",
    rest: "CloudFormation's execution role, by default an administrator, can decrypt the tables through DynamoDB, but not what members' own keys encrypt. User pools, and the tables of links, blocked members, token keys, waiting jobs, hashes of SCIM tokens, and requests for members' keys and for conversions, are encrypted by AWS's own keys. Anyone who can change the policy of a key can give themselves access; the trail records it. AWS operates the key service, and handles plain text while it processes a request.",
    pointers: [
      test('constructs/tenants/workspace.long', "the workspace's own key encrypts conversations and files"),
      test('report/access', 'the table has a row for each way to a key, and says if there is none'),
      each('AWS::DynamoDB::GlobalTable', '/Properties/Replicas/*/SSESpecification/KMSMasterKeyId', undefined, {
        named: /ConversationsTable/,
      }),
      each(
        'AWS::S3::Bucket',
        '/Properties/BucketEncryption/ServerSideEncryptionConfiguration/*/ServerSideEncryptionByDefault/SSEAlgorithm',
        'aws:kms',
        { named: /FilesBucket/ },
      ),
      page('LIMITS#keys'),
    ],
    words:
      'customer key, eigene schluessel, schluesselhoheit, key management, gestion des cles, cles de chiffrement, encryption key, byok, control over encryption',
  },
  'keys.own': {
    status: 'provided',
    about: 'workspace',
    text: 'A workspace accepts an existing key: with imported material, or in an external key store. It must be a single-Region key of the same account, inside the boundary.',
    rest: 'The policy of such a key is yours. An external key store was not tried on AWS.',
    pointers: [
      test('constructs/tenants/workspace.long', 'an existing key replaces its own'),
      test(
        'constructs/keys/supplied-key',
        'uses it in three ways and no fourth, whatever the role; one role also schedules its deletion',
      ),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/WORKSPACE_KEY_ARN', /^arn:/),
      page('WORKSPACES#a-key-of-your-own'),
    ],
    words: 'byok, hyok, external key, externes schluessel, bring your own key, hsm, hardware security module, own hsm',
  },
  'keys.member': {
    status: 'provided',
    about: 'workspace',
    text: "Each member's content is encrypted under a key of that member before it is stored. That key is stored only encrypted under the workspace's key.",
    rest: 'IDs, times, sizes, counts, who gave roles, names and memberships that SCIM sends, and the reasons of holds and hand-overs stay readable.',
    pointers: [
      test('runtime/workspace/conversations/encryption-and-expiry', 'the stores contain no plaintext of a member'),
      test('runtime/workspace/keyring/branch-keyring.long', 'is stored only under the workspace’s key'),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/BRANCH_KEYS_TABLE_ARN', undefined, {
        named: /GatewayFunction/,
      }),
      each('AWS::DynamoDB::GlobalTable', '/Properties/SSESpecification/SSEType', 'KMS', {
        named: /BranchKeysTable|ConversationsTable/,
      }),
      page('WORKSPACES#what-stays-readable'),
    ],
    words:
      'at rest, au repos, verschluesselt gespeichert, verschluesselung, chiffrement des donnees, data encrypt, daten. verschluesselt, donnees chiffre, encrypted rest, encryption rest, chiffrees repos, stored encrypted, verschluesselung gespeicherter',
  },
  'keys.rotation': {
    status: 'provided',
    about: 'tenant',
    text: 'Encryption keys in KMS that the package creates rotate every year. All of its keys exist in one Region only. A scheduled deletion waits for 7 to 30 days, and a key that is disabled or scheduled for deletion raises an alarm.',
    rest: "Members' own keys don't rotate by themselves. The key that signs the ledger can't rotate.",
    pointers: [
      test(
        'constructs/keys/residency-key',
        'is rotated, single-Region, and deleted 30 days after the request at the earliest',
      ),
      test('constructs/alerts/alerts.long', 'of every stack are all watched'),
      each('AWS::KMS::Key', '/Properties/EnableKeyRotation', true, { without: '/Properties/KeySpec' }),
      page('WORKSPACES#keys'),
    ],
    words: 'key rotation, rotation of keys, schluesselrotation, rotation des cles',
  },
  'keys.module': {
    status: 'inherited',
    text: 'KMS generates, stores and backs up the keys in its hardware modules. The package creates no key material of its own for them.',
    attestation: 'c5',
    pointers: [has('AWS::KMS::Key'), page('WORKSPACES#keys')],
    words:
      'key generation, schluesselerzeugung, hardware module, fips, generation des cles, securite materiel, conteneur de securite',
  },
  'keys.transit': {
    status: 'provided',
    about: 'tenant',
    text: 'The APIs and buckets refuse TLS below 1.2. Functions in the network reach stores, keys and models over endpoints inside it.',
    rest: "Which cipher suites apply is decided by AWS's TLS policies.",
    pointers: [
      test('constructs/gateway/inference-api', 'TLS before 1.2 is refused'),
      test('constructs/stores/file-store', 'requires TLS 1.2 or later'),
      each('AWS::ApiGateway::RestApi', '/Properties/SecurityPolicy', /^(SecurityPolicy_TLS1[23]_|TLS_1_2$)/),
      each('AWS::S3::Bucket', '', undefined, { by: 'AWS::S3::BucketPolicy' }),
      each(
        'AWS::S3::BucketPolicy',
        '/Properties/PolicyDocument/Statement/*/Condition/NumericLessThan/s3:TlsVersion',
        '1.2',
      ),
      has('AWS::EC2::VPCEndpoint'),
    ],
    words:
      'tls, transport encryption, transportverschluesselung, chiffrement des flux, https, uebertragung verschluessel, verschluesselt uebertrag, uebertragen verschluesselt, encrypted in transit, chiffrees transit, encryption in transit',
  },
  'keys.passwords': {
    status: 'inherited',
    text: 'Cognito stores and hashes the passwords of a user pool, or your identity provider those of its users. The package stores no password, and API keys only as hashes.',
    attestation: 'c5',
    pointers: [page('LIMITS#sign-in-and-members')],
    words: 'password hash, hashed passwords, passwort hash, mots de passe haches, storage of passwords',
  },
  'keys.plaintext': {
    status: 'not-met',
    text: "While a request is processed, functions and models handle plain text on AWS's machines. Confidential computing isn't used, so the provider isn't technically excluded at that time.",
    pointers: [page('LIMITS#providers-and-laws'), page('LIMITS#keys')],
    words:
      'confidential computing, provider has no access, kein zugriff des anbieters, end to end encr, encrypted in use, encrypted browser, client side encr, clientseitig verschluessel, verschluesselt browser, chiffrees navigateur, encrypted memory, encrypted during processing, homomorph, waehrend der verarbeitung verschluesselt, chiffrees pendant le traitement, ende zu ende, bout en bout, remote attestation, plain text, unencrypted, unverschluesselt, non chiffre, klartext, donnees en clair, full control keys, full control over encryption, sole control, full control over its encryption, controle total cles, volle kontrolle schluessel, alleinige kontrolle',
  },
  'keys.policy': {
    status: 'customer',
    text: 'A policy for cryptography, its review and a plan for post-quantum algorithms are up to the operator. The pages name the algorithms and keys that the package uses.',
    pointers: [page('WORKSPACES#keys'), page('decisions/0010-a-branch-key-for-each-member')],
    words: 'kryptokonzept, quantum, tr 02102, kryptograph, cryptograph',
  },
});
